#!/usr/bin/env node
import { App, Validations } from 'aws-cdk-lib';
import { MlComplianceChecks } from 'cdk-ml-infra';
import { TeamStack } from '../lib/team-stack';

const app = new App();
Validations.of(app).addPlugins(new MlComplianceChecks());
new TeamStack(app, 'Team', { description: 'Notebooks of a team', terminationProtection: true });
