"""Streamlit client of MMM Platform."""
