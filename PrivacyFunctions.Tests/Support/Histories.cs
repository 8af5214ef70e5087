using System.Runtime.CompilerServices;
using System.Text.Json;
using PrivacyFunctions.LocalHost.Engine;

namespace PrivacyFunctions.Tests.Support;

/// <summary>
/// The checked-in histories of released orchestrators, in <c>Histories/</c>: one for each way through, by version. Instances
/// that wait in somebody's database look like these, so new code must replay them. An old one is never changed; for a new
/// version run the tests with PF_RECORD_HISTORIES set to a folder and check in what they write there.
/// </summary>
internal static class Histories
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Histories");

    public static IReadOnlyList<HistoryEvent> Read(string name) =>
        JsonSerializer.Deserialize<List<HistoryEvent>>(File.ReadAllText(Path.Combine(Folder, $"{name}.json")))!;

    /// <param name="history">Of a finished instance.</param>
    /// <param name="version">Of the orchestrator: its kind and number.</param>
    /// <param name="way">Which way through: the test's name.</param>
    public static void Record(
        IReadOnlyList<HistoryEvent> history, string version = "access-v1", [CallerMemberName] string way = "")
    {
        if (Environment.GetEnvironmentVariable("PF_RECORD_HISTORIES") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, $"{version}.{way}.json"), JsonSerializer.Serialize(history, Readable) + "\n");
    }
}
