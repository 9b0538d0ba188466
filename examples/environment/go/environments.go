package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-ml-infra/cdk-ml-infra-go/cdkmlinfra"
)

// Without Env, a stack goes to whatever account and region the CLI is signed in to. Once each environment has its own,
// say so in its StackProps:
//
//	Env: &awscdk.Environment{Account: jsii.String("111111111111"), Region: jsii.String("eu-central-1")},

// dev is where people try things: cheap machines in office hours, short jobs on few kinds of machines.
func dev() *EnvironmentStackProps {
	return &EnvironmentStackProps{
		StackProps: awscdk.StackProps{
			Description: jsii.String("Machine learning: development"),
			Tags: &map[string]*string{
				"cost-center": jsii.String("ml-research"),
			},
		},
		Environment:  cdkmlinfra.MlEnvironment_DEV(),
		Owners:       []string{"alice", "bob", "charlie"},
		InstanceType: cdkmlinfra.MlInstanceType_T3_MEDIUM(),
		VolumeSize:   awscdk.Size_Gibibytes(jsii.Number(20)),
		Schedule: cdkmlinfra.NotebookSchedule_Weekdays(&cdkmlinfra.NotebookScheduleOptions{
			Start:    jsii.String("08:00"),
			Stop:     jsii.String("19:00"),
			TimeZone: jsii.String("Europe/Berlin"),
		}),
		MaxUptime: awscdk.Duration_Hours(jsii.Number(12)),
		Jobs: &cdkmlinfra.JobRules{
			InstanceTypes: &[]cdkmlinfra.MlInstanceType{
				cdkmlinfra.MlInstanceType_M5_XLARGE(),
				cdkmlinfra.MlInstanceType_G4DN_XLARGE(),
			},
			MaxRuntime: awscdk.Duration_Hours(jsii.Number(4)),
		},
	}
}

// staging is the rehearsal: built and watched like production, on smaller machines.
func staging() *EnvironmentStackProps {
	return &EnvironmentStackProps{
		StackProps: awscdk.StackProps{
			Description: jsii.String("Machine learning: staging"),
			Tags: &map[string]*string{
				"cost-center":         jsii.String("ml-platform"),
				"data-classification": jsii.String("confidential"),
			},
		},
		Environment:  cdkmlinfra.MlEnvironment_STAGING(),
		Owners:       []string{"forecast", "scoring"},
		InstanceType: cdkmlinfra.MlInstanceType_M5_XLARGE(),
		VolumeSize:   awscdk.Size_Gibibytes(jsii.Number(50)),
		MaxUptime:    awscdk.Duration_Days(jsii.Number(2)),
		Jobs:         carefulJobs(),
		AlarmEmail:   "ml-staging@example.com",
	}
}

// prod has services for owners, which people run together. Everything is kept, watched, and its data access recorded.
func prod() *EnvironmentStackProps {
	return &EnvironmentStackProps{
		StackProps: awscdk.StackProps{
			Description: jsii.String("Machine learning: production"),
			Tags: &map[string]*string{
				"cost-center":         jsii.String("ml-platform"),
				"data-classification": jsii.String("confidential"),
				"business-owner":      jsii.String("analytics"),
			},
			TerminationProtection: jsii.Bool(true),
		},
		Environment:      cdkmlinfra.MlEnvironment_PROD(),
		Owners:           []string{"forecast", "scoring"},
		InstanceType:     cdkmlinfra.MlInstanceType_M5_2XLARGE(),
		VolumeSize:       awscdk.Size_Gibibytes(jsii.Number(200)),
		Jobs:             carefulJobs(),
		AlarmEmail:       "ml-production@example.com",
		RecordDataAccess: true,
	}
}

// carefulJobs is what jobs look like before they may touch what customers depend on.
func carefulJobs() *cdkmlinfra.JobRules {
	return &cdkmlinfra.JobRules{
		InterContainerTrafficEncryption: jsii.Bool(true),
		MaxRuntime:                      awscdk.Duration_Days(jsii.Number(1)),
	}
}
