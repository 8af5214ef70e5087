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
