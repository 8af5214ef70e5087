using System.Text.Json;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Requests;

/// <summary>How cases stand, in words for their persons: what is so now, and what comes next.</summary>
internal static class Standings
{
    private static readonly Lazy<IReadOnlyDictionary<string, StandingWords>> OfRequests = new(() => Read<CaseStatus>("request"));
    private static readonly Lazy<IReadOnlyDictionary<string, StandingWords>> OfTerminations = new(() => Read<TerminationStatus>("termination"));

    /// <summary>The words for a case.</summary>
    /// <param name="found">The case.</param>
    /// <param name="kind">The words of its kind; null where it has none of its own.</param>
    public static IReadOnlyList<string> Of(Case found, RequestWords? kind) => found switch
    {
        SubjectRequest { Doubt.Outcome: DoubtOutcome.NotIdentified } => Says.NotIdentified,
        { IsClosed: true } => Ended(found, kind),
        SubjectRequest { Refusal: not null } => Says.BeingRefused, // decided, and not told yet
        _ => Words(found, found.Standing),
    };

    private static IReadOnlyList<string> Ended(Case found, RequestWords? kind) => (found, found.Outcome) switch
    {
        (_, CaseOutcome.Withdrawn) => Says.Withdrawn,
        (_, CaseOutcome.Refused) => Says.Refused,
        (SubjectRequest asked, CaseOutcome.Answered) when kind is not null => [kind.Ends[asked.HowAnswered], Says.AskAgain],
        (SubjectRequest, CaseOutcome.Erased) => Says.Erased,
        (SubjectRequest, CaseOutcome.NotIdentified) => Says.NotConfirmed,
        (SubjectRequest, CaseOutcome.AnsweredByAnotherCase) => Says.Joined,
        (Termination, CaseOutcome.Undone) => Words(found, nameof(TerminationStatus.Undone)),
        (Termination, CaseOutcome.NotIdentified) => Words(found, nameof(TerminationStatus.NotConfirmed)),
        (Termination, CaseOutcome.Purged) => Says.Purged,
        (Termination, CaseOutcome.NotTheOwner) => Says.NotTheOwner,
        (Termination, CaseOutcome.AnsweredByAnotherCase) => Says.EndsAlready,
        _ => Words(found, found.Standing),
    };

    private static IReadOnlyList<string> Words(Case found, string standing)
    {
        var words = (found is SubjectRequest ? OfRequests : OfTerminations).Value[CodeOf(standing)];
        return [words.Now, words.Next];
    }

    /// <summary>What a withdrawal does not take back, as the person reads it; mostly nothing.</summary>
    public static IReadOnlyList<string> WhatStaysOf(SubjectRequest request) => request is { Kind: var kind, CanBeConfirmed: false } && kind == CaseKind.Erasure
        ? TextFolder.English.Paragraphs("requests/withdrawn-erasure")
        : [];

    /// <summary>What a refusal does not take back, as the person reads it; mostly nothing.</summary>
    public static IReadOnlyList<string> WhatStaysRefused(SubjectRequest request) => request.Kind == CaseKind.Erasure
        ? TextFolder.English.Paragraphs("requests/refused-erasure")
        : [];

    /// <summary>Looks whether each standing has its words.</summary>
    /// <exception cref="InvalidOperationException">One has none, or there are words for none.</exception>
    public static void Check() => _ = (OfRequests.Value, OfTerminations.Value);

    private static IReadOnlyDictionary<string, StandingWords> Read<TStatus>(string kind)
        where TStatus : struct, Enum
    {
        var words = TextFolder.English.Read<IReadOnlyDictionary<string, StandingWords>>($"standings/{kind}");
        return words.Keys.Order().SequenceEqual(Enum.GetNames<TStatus>().Select(CodeOf).Order())
            ? words
            : throw new InvalidOperationException($"The texts standings/{kind} do not name each standing once.");
    }

    private static StandingText Says => PageText.Of<StandingText>();

    private static string CodeOf(string standing) => JsonNamingPolicy.CamelCase.ConvertName(standing);
}

/// <summary>How a case stands.</summary>
/// <param name="Now">What is so now.</param>
/// <param name="Next">What comes next.</param>
internal sealed record StandingWords(string Now, string Next);
