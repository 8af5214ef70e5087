using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.Backups;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Runtime;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.Tests.Backups;

/// <summary>
/// The checked-in histories of a night, one for each way through. An old one is never changed; for a new version run the tests
/// with PF_RECORD_HISTORIES set to a folder and check in what they write there.
/// </summary>
public class BackupHistories
{
    private const string Version = "backup-v1";
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Histories");

    public static TheoryData<string> Released =>
        [.. Directory.GetFiles(Folder, "backup-*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    internal static void Record(IReadOnlyList<HistoryEvent> history, [CallerMemberName] string way = "")
    {
        if (Environment.GetEnvironmentVariable("PF_RECORD_HISTORIES") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, $"{Version}.{way}.json"), JsonSerializer.Serialize(history, Readable) + "\n");
    }

    [Theory]
    [MemberData(nameof(Released))]
    public void ReleasedHistory_TodaysCode_ReplaysToItsEnd(string name)
    {
        var history = Read(name);
        var result = Replay(history);
        Assert.Empty(result.Decisions);
        Assert.Equal(history.OfType<ExecutionCompleted>().Single(), result.Completion);
    }

    [Theory]
    [MemberData(nameof(Released))]
    public void ReleasedHistory_CutAtAnyTurn_IsNeverMisunderstood(string name)
    {
        var history = Read(name).Where(happened => happened is not ExecutionCompleted).ToList();
        for (var length = 2; length < history.Count; length++)
        {
            if (history[length] is not OrchestratorStarted) continue;
            Assert.NotEqual(OrchestrationRuntimeStatus.Failed, Replay(history[..length]).Completion?.Status);
        }
    }

    private static List<HistoryEvent> Read(string name) =>
        JsonSerializer.Deserialize<List<HistoryEvent>>(File.ReadAllText(Path.Combine(Folder, $"{name}.json")))!;

    private static TurnResult Replay(IReadOnlyList<HistoryEvent> history) => OrchestrationTurn.Run(
        BackupRun.Instance, history, [],
        _ => async context =>
        {
            await BackUp.RunAsync(context);
            return true;
        },
        DurableJson.Converter, NullLoggerFactory.Instance);
}
