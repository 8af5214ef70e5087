using System.Text.Json;
using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Cases.Operators;

/// <summary>A case in a list. No personal data.</summary>
internal sealed record CaseSummary(CaseId Reference, string Link)
{
    /// <summary>What it is about.</summary>
    public CaseKind? Kind { get; init; }

    /// <summary>What is asked for, where the kind does not say it; missing otherwise.</summary>
    public CaseKind? AskedFor { get; init; }

    /// <summary>Where it stands.</summary>
    public string? Status { get; init; }

    /// <summary>What waits for a person, and since when; missing if nothing does.</summary>
    public AttentionMarks? Attention { get; init; }

    /// <summary>The id of the operator who looks after it; missing if nobody does.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>When it was taken in, legal time, UTC.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The local date on which it was received; missing where that is not kept.</summary>
    public DateOnly? ReceivedOn { get; init; }

    /// <summary>The local date from which its clock runs: an earlier one where a request joined it that had been received before. Missing where that is not kept.</summary>
    public DateOnly? ClockStartsOn { get; init; }

    /// <summary>The last day on which what is owed next is in time; missing if nothing is owed.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Since when the person is asked for something that is needed to go on; missing if nothing is.</summary>
    public DateOnly? AskedOn { get; init; }

    /// <summary>True where somebody else asked in the person's name; missing otherwise.</summary>
    public bool? AskedByAgent { get; init; }

    /// <summary>Other days that its kind is listed with: of an account's end <c>purgeOn</c> and <c>deadline</c>.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?>? OtherDays { get; init; }

    /// <summary>The record of the case is damaged: nothing else can be said.</summary>
    public bool? IsUnreadable { get; init; }

    /// <summary>What is said of a case.</summary>
    public static CaseSummary Of(Case found) => new(found.Id, LinkOf(found.Id))
    {
        Kind = found.Kind,
        AskedFor = found.AskedFor == found.Kind ? null : found.AskedFor,
        Status = JsonNamingPolicy.CamelCase.ConvertName(found.Standing),
        Attention = found.Attention,
        AssignedTo = found.AssignedTo,
        ReceivedAt = found.ReceivedAt,
        ReceivedOn = found.CameOn,
        ClockStartsOn = found.ClockStartsOn,
        DueOn = found.DueOn,
        AskedOn = found.AskedOn,
        AskedByAgent = found.IsByAgent ? true : null,
        OtherDays = found.ListedDays.ToDictionary(listed => listed.Name, object? (listed) => listed.Day),
    };

    /// <summary>One whose record is damaged.</summary>
    public static CaseSummary Unreadable(CaseId id) => new(id, LinkOf(id)) { IsUnreadable = true };

    private static string LinkOf(CaseId id) => $"/api/operator/cases/{id}";
}
