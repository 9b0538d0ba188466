package com.example.project;

import io.github.cdkmlinfra.MlInstanceType;
import java.util.List;
import software.amazon.awscdk.Size;

/**
 * What a project needs, whatever base it stands on.
 *
 * @param name owner of its notebooks and data, and the tag {@code ml-project} of its costs
 * @param description description of its stack
 * @param members who works on it, each on a notebook
 * @param instanceType machine of each notebook
 * @param volumeSize volume of each notebook; it holds the packages too, and can grow, but not shrink
 * @param packages packages of the field, with their versions
 */
public record Project(
        String name,
        String description,
        List<String> members,
        MlInstanceType instanceType,
        Size volumeSize,
        List<String> packages) {

    public Project {
        members = List.copyOf(members);
        packages = List.copyOf(packages);
    }
}
