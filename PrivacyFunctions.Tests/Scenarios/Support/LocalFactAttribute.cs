namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// A scenario that only a local host allows, because it kills the host, moves its clock, looks into its files, or breaks what
/// everybody who uses the host needs. A skip says why.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LocalFactAttribute : FactAttribute
{
    /// <summary>The one reason for which a flow need not be shown anywhere else.</summary>
    public const string KillsTheHost = "kills the host";

    /// <summary>One that kills the host.</summary>
    public LocalFactAttribute()
        : this(KillsTheHost, null)
    {
    }

    /// <summary>One that does something else to it.</summary>
    /// <param name="does">What it does to the host.</param>
    /// <param name="onAnyHost">The tests that hold its flow on any host.</param>
    public LocalFactAttribute(string does, Type? onAnyHost)
    {
        (Does, OnAnyHost) = (does, onAnyHost);
        if (ScenarioHost.IsRemote) Skip = $"It {does}, which only a local host allows.";
    }

    /// <summary>What it does that only a local host allows.</summary>
    public string Does { get; }

    /// <summary>The tests that hold its flow on any host; none for one that kills the host.</summary>
    public Type? OnAnyHost { get; }
}
