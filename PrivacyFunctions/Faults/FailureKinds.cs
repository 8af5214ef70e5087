using System.Text.Json;
using Azure;
using Microsoft.DurableTask.Worker;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Faults;

/// <summary>
/// What a failure is, without a word of what it says. The worker hands an activity's failure on as an exception of its own,
/// whose message is the original one as JSON; it asks this class for what it should add to that JSON, so that the kind of the
/// original can be read back from there.
/// </summary>
internal sealed class FailureKinds : IExceptionPropertiesProvider
{
    /// <summary>The kind of what cannot be read.</summary>
    public const string Unknown = "unknown failure";

    private const string Kind = "Kind";
    private const string OfTheWorker = "DurableSerializationException"; // internal, so it has a name only
    private const int Longest = 200;

    /// <inheritdoc/>
    public IDictionary<string, object?>? GetExceptionProperties(Exception exception) =>
        new Dictionary<string, object?> { [Kind] = Of(exception) };

    /// <summary>The kind of a failure: the name of its type, and for storage and mail what they answered.</summary>
    public static string Of(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [var first, ..] } => Of(first),
        RequestFailedException storage =>
            $"{nameof(RequestFailedException)} {storage.Status} {Plain(storage.ErrorCode)}".TrimEnd(),
        MailNotAcceptedException mail => mail.Message,
        _ when failure.GetType().Name == OfTheWorker => Read(failure.Message),
        _ => failure.GetType().Name,
    };

    /// <summary>Where a failure was thrown: the frames of its stack, none of its words.</summary>
    public static string FramesOf(Exception failure) => failure is AggregateException { InnerExceptions: [var first, ..] }
        ? FramesOf(first)
        : string.Join('\n', (failure.StackTrace ?? "").Split('\n').Select(line => line.TrimEnd()).Where(IsFrame));

    private static bool IsFrame(string line) => line.StartsWith("   at ", StringComparison.Ordinal);

    private static string Read(string message)
    {
        try
        {
            using var details = JsonDocument.Parse(message);
            return details.RootElement.GetProperty("properties").GetProperty(Kind).GetString() is { Length: <= Longest } kind
                ? kind
                : Unknown;
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Unknown;
        }
    }

    // An error code comes with the store's answer: a word, or it is not one.
    private static string Plain(string? code) =>
        code is { Length: <= Longest } && code.All(char.IsAsciiLetterOrDigit) ? code : "";
}
