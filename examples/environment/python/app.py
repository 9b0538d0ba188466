#!/usr/bin/env python3
from aws_cdk import App, Validations
from cdk_ml_infra import MlComplianceChecks

from environment.environment_stack import EnvironmentStack
from environment.environments import DEV, PROD, STAGING

app = App()
Validations.of(app).add_plugins(MlComplianceChecks())

# Without `env`, a stack goes to whatever account and region the CLI is signed in to. Once each environment has its own,
# say so here: EnvironmentStack(app, ..., DEV, env=Environment(account="111111111111", region="eu-central-1"))
EnvironmentStack(app, "EnvironmentDev", DEV)
EnvironmentStack(app, "EnvironmentStaging", STAGING)
EnvironmentStack(app, "EnvironmentProd", PROD, termination_protection=True)
app.synth()
