from aws_cdk import Size
from cdk_ml_infra import MlInstanceType

from project.project_stack import Project

# Language models are fine-tuned on a GPU.
NLP = Project(
    description="Notebooks of the project on natural language",
    name="nlp",
    members=["grace", "hugo"],
    instance_type=MlInstanceType.G5_XLARGE,
    volume_size=Size.gibibytes(200),
    packages=["torch==2.9.0", "transformers==4.57.1", "datasets==4.3.0"],
)

# Images take more memory beside the GPU, and more space.
VISION = Project(
    description="Notebooks of the project on computer vision",
    name="vision",
    members=["ines", "jonas"],
    instance_type=MlInstanceType.G5_2_XLARGE,
    volume_size=Size.gibibytes(300),
    packages=["torch==2.9.0", "torchvision==0.24.0", "opencv-python-headless==4.12.0.88"],
)

# Many small models, one per series, use every core.
FORECASTING = Project(
    description="Notebooks of the project on time series",
    name="forecasting",
    members=["kim"],
    instance_type=MlInstanceType.C5_2_XLARGE,
    volume_size=Size.gibibytes(50),
    packages=["statsforecast==2.0.2", "pandas==2.3.3"],
)

# Who bought what has to fit into memory.
RECOMMENDATION = Project(
    description="Notebooks of the project on recommendation",
    name="recommendation",
    members=["lena", "malik"],
    instance_type=MlInstanceType.R5_2_XLARGE,
    volume_size=Size.gibibytes(100),
    packages=["lightgbm==4.6.0", "faiss-cpu==1.12.0", "pandas==2.3.3"],
)
