namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>A test that moves a clock, kills a host or looks into its files: only a local host allows that.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LocalFactAttribute : FactAttribute
{
    public LocalFactAttribute()
    {
        if (ScenarioHost.IsRemote) Skip = "Moves the clock or kills the host, which only a local host allows.";
    }
}

/// <summary>The same with a table of cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LocalTheoryAttribute : TheoryAttribute
{
    public LocalTheoryAttribute()
    {
        if (ScenarioHost.IsRemote) Skip = "Moves the clock or kills the host, which only a local host allows.";
    }
}

/// <summary>A test that waits for weeks of legal time, which only a host where it runs fast can bear.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PacedFactAttribute : FactAttribute
{
    public PacedFactAttribute()
    {
        if (!ScenarioHost.IsPaced) Skip = "Waits for legal time: needs a host elsewhere with Policy:Pace, and PF_PACE.";
    }
}
