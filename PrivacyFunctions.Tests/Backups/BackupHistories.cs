using System.Runtime.CompilerServices;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.Backups;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Runtime;
using PrivacyFunctions.Tests.Requests.Access;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.Tests.Backups;

/// <summary>
/// The checked-in histories of a night, one for each way through. An old one is never changed; for a new version run the tests
/// with PF_RECORD_HISTORIES set to a folder and check in what they write there.
/// </summary>
public class BackupHistories
{
    private const string Version = "backup-v1";

    public static TheoryData<string> Released =>
        [.. Directory.GetFiles(Histories.Folder, "backup-*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Order()];

    internal static void Record(IReadOnlyList<HistoryEvent> history, [CallerMemberName] string way = "") =>
        Histories.Record(history, Version, way);

    [Theory]
    [MemberData(nameof(Released))]
    public void ReleasedHistory_TodaysCode_ReplaysToItsEnd(string name)
    {
        var history = Histories.Read(name);
        var result = Replay(history);
        Assert.Empty(result.Decisions);
        Assert.Equal(history.OfType<ExecutionCompleted>().Single(), result.Completion);
    }

    [Theory]
    [MemberData(nameof(Released))]
    public void ReleasedHistory_CutAtAnyTurn_IsNeverMisunderstood(string name)
    {
        var history = Histories.Read(name).Where(happened => happened is not ExecutionCompleted).ToList();
        for (var length = 2; length < history.Count; length++)
        {
            if (history[length] is not OrchestratorStarted) continue;
            Assert.NotEqual(OrchestrationRuntimeStatus.Failed, Replay(history[..length]).Completion?.Status);
        }
    }

    private static TurnResult Replay(IReadOnlyList<HistoryEvent> history) => OrchestrationTurn.Run(
        BackupRun.Instance, history, [],
        _ => async context =>
        {
            await BackUp.RunAsync(context);
            return true;
        },
        DurableJson.Converter, NullLoggerFactory.Instance);
}
