using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Requests.Receipts;

/// <summary>By what way requests come, in words for people.</summary>
internal static class ChannelWords
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> All =
        new(() => TextFolder.English.Read<IReadOnlyDictionary<string, string>>("channels"));

    /// <summary>The words for a way, such as "by letter"; null for one that is not known.</summary>
    public static string? Of(string? channel) => channel is null ? null : All.Value.GetValueOrDefault(channel);

    /// <summary>An instant, to the minute.</summary>
    public static string Minute(DateTimeOffset instant) => TextFolder.English.Language.Write(instant);
}
