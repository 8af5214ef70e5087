using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs a function on a schedule, once across all instances of the app.</summary>
public sealed class TimerTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>A six-field NCRONTAB expression in UTC, or <c>%Setting%</c> for the app setting that holds one.</summary>
    public TimerTriggerAttribute(string schedule)
    {
        Schedule = schedule;
        UseMonitor = true;
    }

    /// <summary>The expression as written.</summary>
    public string Schedule { get; }

    /// <summary>Whether the last occurrence is remembered, so that one missed while the host was down fires
    /// on its start.</summary>
    public bool UseMonitor { get; set; }

    /// <summary>Whether the function also runs each time the host starts.</summary>
    public bool RunOnStartup { get; set; }
}

/// <summary>What a timer function is told about its schedule.</summary>
public class TimerInfo
{
    /// <summary>The remembered schedule; null when it is not monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether this run makes up for an occurrence that was missed.</summary>
    public bool IsPastDue { get; set; }
}

/// <summary>The occurrences of a monitored timer.</summary>
public class ScheduleStatus
{
    /// <summary>The last occurrence that was run.</summary>
    public DateTime Last { get; set; }

    /// <summary>The next occurrence expected.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this status was last written.</summary>
    public DateTime LastUpdated { get; set; }
}
