#!/usr/bin/env node
import { App, Validations } from 'aws-cdk-lib';
import { MlComplianceChecks } from 'cdk-ml-infra';
import { EnvironmentStack } from '../lib/environment-stack';
import { DEV, PROD, STAGING } from '../lib/environments';

const app = new App();
Validations.of(app).addPlugins(new MlComplianceChecks());

// Without `env`, a stack goes to whatever account and region the CLI is signed in to. Once each environment has its own,
// say so here: new EnvironmentStack(app, ..., { ...DEV, env: { account: '111111111111', region: 'eu-central-1' } });
new EnvironmentStack(app, 'EnvironmentDev', DEV);
new EnvironmentStack(app, 'EnvironmentStaging', STAGING);
new EnvironmentStack(app, 'EnvironmentProd', PROD);
