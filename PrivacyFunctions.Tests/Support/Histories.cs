using System.Runtime.CompilerServices;
using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.Tests.Support;

/// <summary>
/// The checked-in histories of released orchestrators, in <c>Histories/</c>: one for each way through, by version, as Durable
/// Task's protocol has them (a HistoryChunk in protobuf's JSON). Instances that wait in somebody's database look like these,
/// so new code must replay them. An old one is never changed; for a new version run the tests with PF_RECORD_HISTORIES set to
/// a folder and check in what they write there.
/// </summary>
internal static class Histories
{
    private static readonly JsonFormatter Readable = new(JsonFormatter.Settings.Default.WithIndentation());

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Histories");

    public static IReadOnlyList<HistoryEvent> Read(string name) => ReadFile(Path.Combine(Folder, $"{name}.json"));

    public static IReadOnlyList<HistoryEvent> ReadFile(string path) =>
        JsonParser.Default.Parse<HistoryChunk>(File.ReadAllText(path)).Events;

    public static string ToJson(IEnumerable<HistoryEvent> history)
    {
        var chunk = new HistoryChunk();
        chunk.Events.Add(history);
        return Readable.Format(chunk) + "\n";
    }

    /// <param name="history">Of a finished instance.</param>
    /// <param name="version">Of the orchestrator: its kind and number.</param>
    /// <param name="way">Which way through: the test's name.</param>
    public static void Record(
        IReadOnlyList<HistoryEvent> history, string version, [CallerMemberName] string way = "")
    {
        if (Environment.GetEnvironmentVariable("PF_RECORD_HISTORIES") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, $"{version}.{way}.json"), ToJson(history));
    }
}
