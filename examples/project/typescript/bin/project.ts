#!/usr/bin/env node
import { App, Validations } from 'aws-cdk-lib';
import { MlComplianceChecks } from 'cdk-ml-infra';
import { BaseStack } from '../lib/base-stack';
import { ProjectStack } from '../lib/project-stack';
import { FORECASTING, NLP, RECOMMENDATION, VISION } from '../lib/projects';

const app = new App();
Validations.of(app).addPlugins(new MlComplianceChecks());

const base = 'ProjectBase';
new BaseStack(app, base, { description: 'Data lake and network of all projects', terminationProtection: true });
new ProjectStack(app, 'ProjectNlp', { base, ...NLP });
new ProjectStack(app, 'ProjectVision', { base, ...VISION });
new ProjectStack(app, 'ProjectForecasting', { base, ...FORECASTING });
new ProjectStack(app, 'ProjectRecommendation', { base, ...RECOMMENDATION });
