using System.Text.Json;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>The key that a request needs.</summary>
internal enum AccessLevel
{
    /// <summary>None.</summary>
    Anonymous,

    /// <summary>The function key or the master key.</summary>
    Function,

    /// <summary>The master key.</summary>
    Admin,
}

/// <summary>What makes a function run, as its binding in the worker's metadata says.</summary>
internal abstract record FunctionTrigger
{
    private FunctionTrigger()
    {
    }

    /// <summary>Reads a trigger's binding; names are taken whatever their case.</summary>
    /// <exception cref="FunctionStartupException">This host knows no such trigger, or cannot serve it.</exception>
    public static FunctionTrigger Read(string function, JsonElement binding)
    {
        var members = binding.EnumerateObject().ToDictionary(
            member => member.Name, member => member.Value, StringComparer.OrdinalIgnoreCase);
        return Text("type")?.ToLowerInvariant() switch
        {
            "httptrigger" => new Http(Route(), Methods(), Level()),
            "timertrigger" => new Timer(
                Text("schedule") ?? throw FunctionStartupException.Of(function, "its timer has no schedule"),
                Flag("runOnStartup", otherwise: false), Flag("useMonitor", otherwise: true)),
            "orchestrationtrigger" => new Orchestration(Text("orchestration") ?? function),
            "activitytrigger" => new Activity(Text("activity") ?? function),
            var other => throw FunctionStartupException.Of(function, $"the local host knows no {other}"),
        };

        string Route() => (Text("route") ?? function) is var route && !route.StartsWith('/')
            ? route
            : throw FunctionStartupException.Of(
                function, $"the route \"{route}\" begins with a slash, which breaks every request on the Functions host");

        IReadOnlyList<string> Methods() => members.TryGetValue("methods", out var methods) && methods.ValueKind == JsonValueKind.Array
            ? [.. methods.EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())]
            : [];

        AccessLevel Level() => Enum.TryParse<AccessLevel>(Text("authLevel") ?? nameof(AccessLevel.Function), true, out var level)
            ? level
            : throw FunctionStartupException.Of(
                function,
                $"the authorization level {Text("authLevel")} is not for functions, only Anonymous, Function and Admin");

        bool Flag(string name, bool otherwise) => members.TryGetValue(name, out var value)
            ? value.ValueKind == JsonValueKind.True
            : otherwise;

        string? Text(string name) => members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
    }

    /// <param name="Route">The template below the route prefix.</param>
    /// <param name="Methods">The methods served, in upper case; empty serves all.</param>
    /// <param name="Level">The key a request needs.</param>
    public sealed record Http(string Route, IReadOnlyList<string> Methods, AccessLevel Level) : FunctionTrigger;

    /// <param name="Schedule">As written: NCRONTAB or <c>%Setting%</c>.</param>
    /// <param name="RunOnStartup">Whether each start of the host runs it.</param>
    /// <param name="UseMonitor">Whether missed occurrences are made up for.</param>
    public sealed record Timer(string Schedule, bool RunOnStartup, bool UseMonitor) : FunctionTrigger;

    /// <param name="Name">The name it is started by.</param>
    public sealed record Orchestration(string Name) : FunctionTrigger;

    /// <param name="Name">The name it is called by.</param>
    public sealed record Activity(string Name) : FunctionTrigger;
}
