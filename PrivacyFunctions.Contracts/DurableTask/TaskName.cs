namespace Microsoft.DurableTask;

/// <summary>The name of an orchestrator or an activity; compared whatever its case.</summary>
public readonly struct TaskName : IEquatable<TaskName>
{
    /// <summary>Names a task; <c>null</c> gives the default value, which names nothing.</summary>
    public TaskName(string name)
    {
        Name = name;
        Version = name is null ? null! : string.Empty;
    }

    /// <summary>The name without a version.</summary>
    public string Name { get; }

    /// <summary>Always empty for a named task: versions are not part of a task's identity.</summary>
    public string Version { get; }

    /// <summary>The name as text.</summary>
    public static implicit operator string(TaskName value) => value.Name;

    /// <summary>The name that the text gives; an empty text gives the default value.</summary>
    public static implicit operator TaskName(string value) => string.IsNullOrEmpty(value) ? default : new(value);

    /// <summary>Whether both name the same task.</summary>
    public static bool operator ==(TaskName a, TaskName b) => a.Equals(b);

    /// <summary>Whether they name different tasks.</summary>
    public static bool operator !=(TaskName a, TaskName b) => !a.Equals(b);

    /// <summary>Whether both name the same task.</summary>
    public bool Equals(TaskName other) =>
        string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Version, other.Version, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Name is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrEmpty(Version) ? Name : $"{Name}:{Version}";
}
