"""Scenarios: plans that are kept with everything they came from."""

from collections.abc import Iterator, Sequence

from mmm.optimizer.v1.optimizer_service_pb2 import (
    CompareScenariosRequest,
    CompareScenariosResponse,
    CreateScenarioRequest,
    DeleteScenarioRequest,
    FindBudgetRequest,
    GetScenarioRequest,
    ListScenariosRequest,
    OptimizeBudgetRequest,
    RerunScenarioRequest,
    RerunScenarioResponse,
    Scenario,
    UpdateScenarioRequest,
)
from mmm_client.plans import PlanQuestion
from mmm_client.session import COMPUTE_SECONDS, PAGE_SIZE, Session, new_request_id


class ScenarioMethods(Session):
    """Calls of the optimizer service about scenarios."""

    def create_scenario(
        self, question: PlanQuestion, display_name: str, *, note: str = "", scenario_id: str = ""
    ) -> Scenario:
        """Answer a question and keep it with its plan.

        Parameters
        ----------
        question : OptimizeBudgetRequest, FindBudgetRequest or EvaluatePlanRequest
            As for `ask_for_plan`.
        display_name : str
            How people call it.
        note : str
            What people want to remember about it.
        scenario_id : str
            Last part of the name. Default: the server makes one.

        Raises
        ------
        ApiError
            `InvalidRequest` with everything that is wrong; `AlreadyExists` when the id is taken.
        """
        request = CreateScenarioRequest(
            parent=self.parent,
            scenario_id=scenario_id,
            scenario=_scenario_of(question, display_name, note),
            request_id=new_request_id(),
        )
        return self._call(self.optimizer.CreateScenario, request, COMPUTE_SECONDS)

    def get_scenario(self, name: str) -> Scenario:
        """Read the scenario `name`; it stays readable when its fit is gone."""
        return self._call(self.optimizer.GetScenario, GetScenarioRequest(name=name))

    def list_scenarios(self, fit: str = "") -> Iterator[Scenario]:
        """Scenarios by name, all or those of a fit, fetched page by page.

        They come in short: without the question, and with plans without allocations, periods and cells.
        """
        return self._pages(
            self.optimizer.ListScenarios,
            lambda token: ListScenariosRequest(
                parent=self.parent, page_size=PAGE_SIZE, page_token=token, fit=fit
            ),
            "scenarios",
        )

    def update_scenario(self, scenario: Scenario) -> Scenario:
        """Replace display name and note of a scenario; raises `Conflict` when it has changed since."""
        wanted = Scenario(
            name=scenario.name,
            display_name=scenario.display_name,
            note=scenario.note,
            etag=scenario.etag,
        )
        return self._call(self.optimizer.UpdateScenario, UpdateScenarioRequest(scenario=wanted))

    def delete_scenario(self, name: str, *, etag: str = "") -> None:
        """Delete a scenario; with `etag` only if it has not changed since."""
        self._call(self.optimizer.DeleteScenario, DeleteScenarioRequest(name=name, etag=etag))

    def rerun_scenario(self, name: str) -> RerunScenarioResponse:
        """Answer a scenario's question again and hold the plan against the stored one, which stays as it is.

        Raises
        ------
        ApiError
            `FailedPrecondition` with the reason ``FIT_DELETED`` when the fit is gone.
        """
        return self._call(self.optimizer.RerunScenario, RerunScenarioRequest(name=name), COMPUTE_SECONDS)

    def compare_scenarios(self, names: Sequence[str]) -> CompareScenariosResponse:
        """Hold 2 to 10 scenarios against the first of them."""
        return self._call(
            self.optimizer.CompareScenarios, CompareScenariosRequest(names=names), COMPUTE_SECONDS
        )


def _scenario_of(question: PlanQuestion, display_name: str, note: str) -> Scenario:
    scenario = Scenario(display_name=display_name, note=note)
    if isinstance(question, OptimizeBudgetRequest):
        scenario.optimize_budget.CopyFrom(question)
    elif isinstance(question, FindBudgetRequest):
        scenario.find_budget.CopyFrom(question)
    else:
        scenario.evaluate_plan.CopyFrom(question)
    return scenario
