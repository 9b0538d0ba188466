#!/usr/bin/env python3
from aws_cdk import App, Validations
from cdk_ml_infra import MlComplianceChecks

from team.team_stack import TeamStack

app = App()
Validations.of(app).add_plugins(MlComplianceChecks())
TeamStack(app, "Team", description="Notebooks of a team", termination_protection=True)
app.synth()
