"""Runs the state machines under assets/ in moto's Step Functions, against notebooks that behave like those of AWS."""

import contextlib
import functools
import json
import time
from collections import Counter
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace

import boto3
from botocore.config import Config
from jsonata import Jsonata
from moto import mock_aws
from moto.core.exceptions import JsonRESTError
from moto.sagemaker.models import sagemaker_backends
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_aws_sdk
from moto.stepfunctions.parser.asl.jsonata import jsonata as moto_jsonata

ACCOUNT = "123456789012"
REGION = "us-east-1"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/hours"
HOURS = Path(__file__).parents[4] / "assets" / "notebook" / "hours"

# moto expects a Java library here and has none; this one is in Python.
moto_jsonata._eval_jsonata = lambda expression: Jsonata(expression).evaluate(None)


@functools.lru_cache
def client(service):
    """Reading the model of SageMaker's API takes longer than most executions."""
    retries = {"total_max_attempts": 1}
    config = Config(parameter_validation=False, retries=retries)
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client(service, region_name=REGION, config=config, **keys)


state_task_service_aws_sdk.boto_client_for = lambda service, **_: client(service)


def definition(name, **substitutions):
    """The text of a state machine as CloudFormation would hand it over, with waits made short."""
    text = (HOURS / f"{name}.asl.json").read_text()
    values = {
        "Partition": "aws",
        "PollSeconds": 0,
        "PatienceSeconds": 60,
        "UptimeTag": "ml-max-uptime",
        "MostWaits": 10,
    }
    for placeholder, value in {**values, **substitutions}.items():
        text = text.replace(f"${{{placeholder}}}", str(value))
    assert "${" not in text
    return text


def refused(error, message):
    return JsonRESTError(error, message)


def throttled():
    return refused("ThrottlingException", "Rate exceeded")


class Cloud:
    """An account with notebooks and state machines."""

    def __init__(self):
        self.sagemaker = client("sagemaker")
        self.states = client("stepfunctions")
        self.backend = sagemaker_backends[ACCOUNT][REGION]
        self.backend.start_notebook_instance = lambda name: self._change("start", name, "Stopped", "Pending")
        self.backend.stop_notebook_instance = lambda name: self._change("stop", name, "InService", "Stopping")
        self._tags_of = self.backend.list_tags
        self._described = self.backend.get_notebook_instance
        self.backend.get_notebook_instance = self._describe
        self.backend.list_tags = self._list_tags
        self.done = []
        self.looks = Counter()
        self.tags_read = Counter()
        self.faults = []
        self.history = {}
        self.pauses = []
        self.machines = 0

    def notebook(self, name, *history, tags=None):
        """
        Defines a notebook. Each look at it finds the next state of its history, the last for ever: a status, and for
        how long it has been so when it is first seen.
        """
        tag_list = [{"Key": key, "Value": value} for key, value in (tags or {}).items()]
        self.sagemaker.create_notebook_instance(
            NotebookInstanceName=name, InstanceType="ml.t3.medium", RoleArn=ROLE, Tags=tag_list
        )
        self.history[name] = [state if isinstance(state, tuple) else (state, None) for state in history]

    def set_tags(self, name, tags):
        self.backend.notebook_instances[name].tags = [{"Key": key, "Value": tags[key]} for key in tags]

    def fail(self, call, fault, times=1, name=None, then=lambda: None):
        """Has the next calls fail, of one notebook or of all, and something happen at each failure."""
        self.faults.append(SimpleNamespace(call=call, fault=fault, times=times, name=name, then=then))

    def start(self, text, **given):
        self.machines += 1
        machine = self.states.create_state_machine(name=f"machine-{self.machines}", definition=text, roleArn=ROLE)
        execution = self.states.start_execution(stateMachineArn=machine["stateMachineArn"], input=json.dumps(given))
        return execution["executionArn"]

    def end_of(self, execution, seconds=30):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = self.states.describe_execution(executionArn=execution)
            if found["status"] != "RUNNING":
                return SimpleNamespace(status=found["status"], error=found.get("error"), cause=found.get("cause", ""))
            time.sleep(0.02)
        raise AssertionError("the execution did not end")

    def run(self, text, **given):
        return self.end_of(self.start(text, **given))

    def _describe(self, name):
        self._fault("describe", name)
        notebook = self._described(name)
        self._advance(name)
        self.looks[name] += 1
        return notebook

    def _list_tags(self, arn, *args, **options):
        name = arn.rsplit("/", 1)[-1]
        self._fault("list_tags", name)
        tags = self._tags_of(arn, *args, **options)
        self.tags_read[name] += 1
        return tags

    def _change(self, call, name, required, reached):
        self._fault(call, name)
        notebook = self.backend.notebook_instances[name]
        if notebook.status != required:
            raise refused("ValidationException", f"Status ({notebook.status}) not in ([{required}])")
        notebook.status = reached
        self.history[name] = []
        self.done.append((call, name))

    def _advance(self, name):
        if self.history[name]:
            notebook = self.backend.notebook_instances[name]
            notebook.status, age = self.history[name].pop(0)
            if age:
                notebook.last_modified_time = datetime.now(timezone.utc).replace(tzinfo=None) - age

    def _fault(self, call, name):
        for fault in self.faults:
            if fault.call == call and fault.name in (None, name) and fault.times > 0:
                fault.times -= 1
                fault.then()
                raise fault.fault


@contextlib.contextmanager
def cloud(monkeypatch):
    with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
        account = Cloud()
        monkeypatch.setattr(retrier_decl, "time", SimpleNamespace(sleep=account.pauses.append))
        yield account
