using System.Text.Json;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>What recipients are told and answer, in words for people.</summary>
internal static class NoticeWords
{
    private static readonly Lazy<Words> All = new(() => TextFolder.English.Read<Words>("recipients"));

    public static string Of(RecipientAct act) => All.Value.Acts[CodeOf(act)];

    public static string Of(NoticeWay way) => All.Value.Ways[CodeOf(way)];

    public static string Of(NoticeAnswer answer) => All.Value.Answers[CodeOf(answer)];

    /// <summary>The code by which programs and forms name it.</summary>
    public static string CodeOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName($"{value}");

    private sealed record Words(
        IReadOnlyDictionary<string, string> Acts, IReadOnlyDictionary<string, string> Ways, IReadOnlyDictionary<string, string> Answers);
}
