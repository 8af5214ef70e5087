namespace Microsoft.DurableTask;

/// <summary>The version of an orchestration; compared whatever its case.</summary>
public readonly struct TaskVersion : IEquatable<TaskVersion>
{
    /// <summary>No version: the same as the default value and as an empty text.</summary>
    public static readonly TaskVersion Unversioned;

    private readonly string? _version;

    /// <summary>A version; <c>null</c> and empty mean <see cref="Unversioned"/>.</summary>
    /// <exception cref="ArgumentException">The text is white space only.</exception>
    public TaskVersion(string? version)
    {
        if (!string.IsNullOrEmpty(version) && string.IsNullOrWhiteSpace(version))
            throw new ArgumentException("A version is not white space only; null or empty means unversioned.", nameof(version));
        _version = version;
    }

    /// <summary>The version's text, empty when unversioned; never <c>null</c>.</summary>
    public string Version => _version ?? string.Empty;

    /// <summary>The version's text.</summary>
    public static implicit operator string(TaskVersion value) => value.Version;

    /// <summary>The version that the text gives.</summary>
    public static implicit operator TaskVersion(string? value) => new(value);

    /// <summary>Whether both are the same version.</summary>
    public static bool operator ==(TaskVersion a, TaskVersion b) => a.Equals(b);

    /// <summary>Whether they are different versions.</summary>
    public static bool operator !=(TaskVersion a, TaskVersion b) => !a.Equals(b);

    /// <summary>Whether both are the same version.</summary>
    public bool Equals(TaskVersion other) => string.Equals(Version, other.Version, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskVersion other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Version);
}
