using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Requests.Receipts;

/// <summary>
/// What a receipt says of a request: nothing about the person, nor whether we know them. Its members are the claims of the signed text, whose
/// names never change.
/// </summary>
internal sealed record Receipt
{
    /// <summary>The public address of the installation that signed it.</summary>
    [JsonPropertyName("iss")]
    public required string Issuer { get; init; }

    /// <summary>The company that answers.</summary>
    [JsonPropertyName("name")]
    public required string Controller { get; init; }

    /// <summary>The reference of the request.</summary>
    [JsonPropertyName("jti")]
    public required CaseId Reference { get; init; }

    /// <summary>What was asked for.</summary>
    [JsonPropertyName("kind")]
    public required CaseKind Kind { get; init; }

    /// <summary>By what way it came; null in receipts of what an earlier version took in.</summary>
    [JsonPropertyName("channel")]
    public string? Channel { get; init; }

    /// <summary>The local date on which it was received, from which the clock runs.</summary>
    [JsonPropertyName("received")]
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>When it was taken in: legal time, in seconds since 1970, UTC.</summary>
    [JsonPropertyName("iat")]
    public required long TakenInSeconds { get; init; }

    /// <summary>
    /// The day by which the law asks for an answer, counted from the receipt with the holidays that are known when this is signed; an extension is told by
    /// a mail of its own.
    /// </summary>
    [JsonPropertyName("answerBy")]
    public required DateOnly AnswerBy { get; init; }

    /// <summary>When it was taken in, UTC.</summary>
    [JsonIgnore]
    public DateTimeOffset TakenInAt => DateTimeOffset.FromUnixTimeSeconds(TakenInSeconds);
}
