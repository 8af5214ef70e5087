using Microsoft.Azure.Functions.Worker;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>What makes a function run.</summary>
internal abstract record FunctionTrigger
{
    private FunctionTrigger()
    {
    }

    /// <param name="Route">The template below the route prefix.</param>
    /// <param name="Methods">The methods served, in upper case; empty serves all.</param>
    /// <param name="Level">The key a request needs.</param>
    public sealed record Http(string Route, IReadOnlyList<string> Methods, AuthorizationLevel Level) : FunctionTrigger;

    /// <param name="Schedule">As written: NCRONTAB or <c>%Setting%</c>.</param>
    /// <param name="RunOnStartup">Whether each start of the host runs it.</param>
    /// <param name="UseMonitor">Whether missed occurrences are made up for.</param>
    public sealed record Timer(string Schedule, bool RunOnStartup, bool UseMonitor) : FunctionTrigger;

    /// <param name="Name">The name it is started by.</param>
    public sealed record Orchestration(string Name) : FunctionTrigger;

    /// <param name="Name">The name it is called by.</param>
    public sealed record Activity(string Name) : FunctionTrigger;
}
