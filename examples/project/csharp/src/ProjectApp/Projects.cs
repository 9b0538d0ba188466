using Amazon.CDK;
using CdkMlInfra;

namespace ProjectApp;

/// <summary>The projects, each with the machines and packages of its field.</summary>
public static class Projects
{
    /// <summary>Language models are fine-tuned on a GPU.</summary>
    public static ProjectStackProps Nlp { get; } = new ProjectStackProps
    {
        Description = "Notebooks of the project on natural language",
        Project = "nlp",
        Members = ["grace", "hugo"],
        InstanceType = MlInstanceType.G5_XLARGE,
        VolumeSize = Size.Gibibytes(200),
        Packages = ["torch==2.9.0", "transformers==4.57.1", "datasets==4.3.0"],
    };

    /// <summary>Images take more memory beside the GPU, and more space.</summary>
    public static ProjectStackProps Vision { get; } = new ProjectStackProps
    {
        Description = "Notebooks of the project on computer vision",
        Project = "vision",
        Members = ["ines", "jonas"],
        InstanceType = MlInstanceType.G5_2XLARGE,
        VolumeSize = Size.Gibibytes(300),
        Packages = ["torch==2.9.0", "torchvision==0.24.0", "opencv-python-headless==4.12.0.88"],
    };

    /// <summary>Many small models, one per series, use every core.</summary>
    public static ProjectStackProps Forecasting { get; } = new ProjectStackProps
    {
        Description = "Notebooks of the project on time series",
        Project = "forecasting",
        Members = ["kim"],
        InstanceType = MlInstanceType.C5_2XLARGE,
        VolumeSize = Size.Gibibytes(50),
        Packages = ["statsforecast==2.0.2", "pandas==2.3.3"],
    };

    /// <summary>Who bought what has to fit into memory.</summary>
    public static ProjectStackProps Recommendation { get; } = new ProjectStackProps
    {
        Description = "Notebooks of the project on recommendation",
        Project = "recommendation",
        Members = ["lena", "malik"],
        InstanceType = MlInstanceType.R5_2XLARGE,
        VolumeSize = Size.Gibibytes(100),
        Packages = ["lightgbm==4.6.0", "faiss-cpu==1.12.0", "pandas==2.3.3"],
    };
}
