using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks an orchestrator's context parameter.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OrchestrationTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>The orchestrator's name; the function's unless given.</summary>
    public string? Orchestration { get; set; }
}

/// <summary>Marks an activity's input parameter.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ActivityTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>The activity's name; the function's unless given.</summary>
    public string? Activity { get; set; }
}

/// <summary>Marks the parameter that gets the durable task client.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>The task hub; the one of host.json unless given.</summary>
    public string? TaskHub { get; set; }

    /// <summary>The setting that holds the connection; the default storage unless given.</summary>
    public string? ConnectionName { get; set; }
}
