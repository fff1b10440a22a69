"""The harness every gRPC service of MMM Platform is served by."""
