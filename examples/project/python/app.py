#!/usr/bin/env python3
from aws_cdk import App, Validations
from cdk_ml_infra import MlComplianceChecks

from project.base_stack import BaseStack
from project.project_stack import ProjectStack
from project.projects import FORECASTING, NLP, RECOMMENDATION, VISION

app = App()
Validations.of(app).add_plugins(MlComplianceChecks())

base = "ProjectBase"
BaseStack(app, base, description="Data lake and network of all projects", termination_protection=True)
ProjectStack(app, "ProjectNlp", NLP, base=base)
ProjectStack(app, "ProjectVision", VISION, base=base)
ProjectStack(app, "ProjectForecasting", FORECASTING, base=base)
ProjectStack(app, "ProjectRecommendation", RECOMMENDATION, base=base)
app.synth()
