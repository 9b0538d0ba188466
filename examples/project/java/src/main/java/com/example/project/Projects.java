package com.example.project;

import io.github.cdkmlinfra.MlInstanceType;
import java.util.List;
import software.amazon.awscdk.Size;

/** The projects. */
public final class Projects {
    /** Language models are fine-tuned on a GPU. */
    public static final Project NLP = new Project(
            "nlp",
            "Notebooks of the project on natural language",
            List.of("grace", "hugo"),
            MlInstanceType.G5_XLARGE,
            Size.gibibytes(200),
            List.of("torch==2.9.0", "transformers==4.57.1", "datasets==4.3.0"));

    /** Images take more memory beside the GPU, and more space. */
    public static final Project VISION = new Project(
            "vision",
            "Notebooks of the project on computer vision",
            List.of("ines", "jonas"),
            MlInstanceType.G5_2_XLARGE,
            Size.gibibytes(300),
            List.of("torch==2.9.0", "torchvision==0.24.0", "opencv-python-headless==4.12.0.88"));

    /** Many small models, one per series, use every core. */
    public static final Project FORECASTING = new Project(
            "forecasting",
            "Notebooks of the project on time series",
            List.of("kim"),
            MlInstanceType.C5_2_XLARGE,
            Size.gibibytes(50),
            List.of("statsforecast==2.0.2", "pandas==2.3.3"));

    /** Who bought what has to fit into memory. */
    public static final Project RECOMMENDATION = new Project(
            "recommendation",
            "Notebooks of the project on recommendation",
            List.of("lena", "malik"),
            MlInstanceType.R5_2_XLARGE,
            Size.gibibytes(100),
            List.of("lightgbm==4.6.0", "faiss-cpu==1.12.0", "pandas==2.3.3"));

    private Projects() {
    }
}
