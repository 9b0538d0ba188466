#!/usr/bin/env node
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { TeamStack } from '../lib/team-stack';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
new TeamStack(app, 'Team', { description: 'Notebooks of a team', terminationProtection: true });
