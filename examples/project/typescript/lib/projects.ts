import { Size } from 'aws-cdk-lib';
import { MlInstanceType } from 'cdk-ml-infra';
import { ProjectOptions } from './project-stack';

/** Language models are fine-tuned on a GPU. */
export const NLP: ProjectOptions = {
  description: 'Notebooks of the project on natural language',
  project: 'nlp',
  members: ['grace', 'hugo'],
  instanceType: MlInstanceType.G5_XLARGE,
  volumeSize: Size.gibibytes(200),
  packages: ['torch==2.9.0', 'transformers==4.57.1', 'datasets==4.3.0'],
};

/** Images take more memory beside the GPU, and more space. */
export const VISION: ProjectOptions = {
  description: 'Notebooks of the project on computer vision',
  project: 'vision',
  members: ['ines', 'jonas'],
  instanceType: MlInstanceType.G5_2XLARGE,
  volumeSize: Size.gibibytes(300),
  packages: ['torch==2.9.0', 'torchvision==0.24.0', 'opencv-python-headless==4.12.0.88'],
};

/** Many small models, one per series, use every core. */
export const FORECASTING: ProjectOptions = {
  description: 'Notebooks of the project on time series',
  project: 'forecasting',
  members: ['kim'],
  instanceType: MlInstanceType.C5_2XLARGE,
  volumeSize: Size.gibibytes(50),
  packages: ['statsforecast==2.0.2', 'pandas==2.3.3'],
};

/** Who bought what has to fit into memory. */
export const RECOMMENDATION: ProjectOptions = {
  description: 'Notebooks of the project on recommendation',
  project: 'recommendation',
  members: ['lena', 'malik'],
  instanceType: MlInstanceType.R5_2XLARGE,
  volumeSize: Size.gibibytes(100),
  packages: ['lightgbm==4.6.0', 'faiss-cpu==1.12.0', 'pandas==2.3.3'],
};
