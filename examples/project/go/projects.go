package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-ml-infra/cdk-ml-infra-go/cdkmlinfra"
)

// nlp fine-tunes language models on a GPU.
func nlp() ProjectOptions {
	return ProjectOptions{
		StackProps:   awscdk.StackProps{Description: jsii.String("Notebooks of the project on natural language")},
		Project:      "nlp",
		Members:      []string{"grace", "hugo"},
		InstanceType: cdkmlinfra.MlInstanceType_G5_XLARGE(),
		VolumeSize:   awscdk.Size_Gibibytes(jsii.Number(200)),
		Packages:     []string{"torch==2.9.0", "transformers==4.57.1", "datasets==4.3.0"},
	}
}

// vision works on images, which take more memory beside the GPU, and more space.
func vision() ProjectOptions {
	return ProjectOptions{
		StackProps:   awscdk.StackProps{Description: jsii.String("Notebooks of the project on computer vision")},
		Project:      "vision",
		Members:      []string{"ines", "jonas"},
		InstanceType: cdkmlinfra.MlInstanceType_G5_2XLARGE(),
		VolumeSize:   awscdk.Size_Gibibytes(jsii.Number(300)),
		Packages:     []string{"torch==2.9.0", "torchvision==0.24.0", "opencv-python-headless==4.12.0.88"},
	}
}

// forecasting trains many small models, one per series, which use every core.
func forecasting() ProjectOptions {
	return ProjectOptions{
		StackProps:   awscdk.StackProps{Description: jsii.String("Notebooks of the project on time series")},
		Project:      "forecasting",
		Members:      []string{"kim"},
		InstanceType: cdkmlinfra.MlInstanceType_C5_2XLARGE(),
		VolumeSize:   awscdk.Size_Gibibytes(jsii.Number(50)),
		Packages:     []string{"statsforecast==2.0.2", "pandas==2.3.3"},
	}
}

// recommendation keeps in memory who bought what.
func recommendation() ProjectOptions {
	return ProjectOptions{
		StackProps:   awscdk.StackProps{Description: jsii.String("Notebooks of the project on recommendation")},
		Project:      "recommendation",
		Members:      []string{"lena", "malik"},
		InstanceType: cdkmlinfra.MlInstanceType_R5_2XLARGE(),
		VolumeSize:   awscdk.Size_Gibibytes(jsii.Number(100)),
		Packages:     []string{"lightgbm==4.6.0", "faiss-cpu==1.12.0", "pandas==2.3.3"},
	}
}
