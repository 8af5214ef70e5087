using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Storage;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>What the store promises whoever calls it.</summary>
public sealed class TurnStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = EngineRun.Start;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);
    private static readonly TurnResult Nothing = new([], [], null, null);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pf-store-");
    private readonly Database _database;
    private readonly InstanceStore _instances;
    private readonly TurnStore _turns;

    public TurnStoreTests()
    {
        _database = new Database(DatabasePath);
        _database.Open(Now);
        _instances = new InstanceStore(_database);
        _turns = new TurnStore(_database);
        Assert.True(_instances.TryStart(new("case-1", "Wait", "", null, Now, null), Now));
    }

    private string DatabasePath => Path.Combine(_folder.FullName, "durable.db");

    [Fact]
    public void Lease_HeldOrRunning_IsNotGivenAgain()
    {
        Assert.Single(_turns.Lease(10, [], Now, Length));

        Assert.Empty(_turns.Lease(10, [], Now + Length - TimeSpan.FromTicks(1), Length));
        Assert.Empty(_turns.Lease(10, ["case-1"], Now.AddDays(120), Length));
        Assert.Equal(Now + Length, _turns.NextWake([], Now));
    }

    [Fact]
    public void Commit_LeaseWentToAnother_IsRefusedAndChangesNothing()
    {
        var first = Assert.Single(_turns.Lease(10, [], Now, Length));
        var input = _turns.Load(first, Now);
        var second = Assert.Single(_turns.Lease(10, [], Now + Length, Length));

        Assert.NotEqual(first.Token, second.Token);
        Assert.False(_turns.Commit(first, input, new(Now.UtcDateTime), Nothing, Now));
        Assert.Empty(_turns.ReadHistory("case-1"));
        Assert.True(_turns.Commit(second, _turns.Load(second, Now), new(Now.UtcDateTime), Nothing, Now));
    }

    [Fact]
    public void Commit_HistoryAlreadyThere_IsRejectedByTheKey()
    {
        var lease = Assert.Single(_turns.Lease(10, [], Now, Length));
        var input = _turns.Load(lease, Now);
        Assert.True(_turns.Commit(lease, input, new(Now.UtcDateTime), Nothing, Now));
        _instances.Raise("case-1", new("Wake", null), Now);
        var next = Assert.Single(_turns.Lease(10, [], Now, Length));

        Assert.Throws<SqliteException>(() => _turns.Commit(next, input, new(Now.UtcDateTime), Nothing, Now));

        Assert.Equal(2, _turns.ReadHistory("case-1").Count);
        Assert.Single(_turns.Load(next, Now).Messages);
    }

    [Fact]
    public void Commit_OutboxFails_StoresNothingOfTheTurn()
    {
        var lease = Assert.Single(_turns.Lease(10, [], Now, Length));
        var withoutStart = new TurnInput([], []); // a child cannot be started: nothing tells the parent's name
        var result = new TurnResult(
            [new TaskScheduled(0, "Work", null), new SubOrchestrationCreated(1, "Child", "child", "", null)], [], "\"new\"", null);

        Assert.ThrowsAny<Exception>(() => _turns.Commit(lease, withoutStart, new(Now.UtcDateTime), result, Now));

        Assert.Empty(_turns.ReadHistory("case-1"));
        Assert.Empty(new TaskStore(_database).Lease(10, [], Now, Length));
        Assert.Equal(
            (OrchestrationRuntimeStatus.Pending, null),
            ((OrchestrationRuntimeStatus)_instances.Find("case-1")!.Status, _instances.Find("case-1")!.CustomStatus));
        Assert.Single(_turns.Load(lease, Now).Messages);
    }

    [Fact]
    public void Commit_MessageCameMeanwhile_IsLeftForTheNextTurn()
    {
        var lease = Assert.Single(_turns.Lease(10, [], Now, Length));
        var input = _turns.Load(lease, Now);
        _instances.Raise("case-1", new("Wake", "1"), Now);

        Assert.True(_turns.Commit(lease, input, new(Now.UtcDateTime), Nothing, Now));

        var next = Assert.Single(_turns.Lease(10, [], Now, Length));
        Assert.Equal(new EventRaised("Wake", "1"), Assert.Single(_turns.Load(next, Now).Messages).Message);
    }

    [Fact]
    public void Commit_ContinuesAsNew_NothingOfTheOldExecutionReachesTheNew()
    {
        var lease = Assert.Single(_turns.Lease(10, [], Now, Length));
        var decided = new TurnResult(
            [new TimerCreated(0, Now.UtcDateTime.AddDays(1)), new TaskScheduled(1, "Work", null)], [], null, null);
        Assert.True(_turns.Commit(lease, _turns.Load(lease, Now), new(Now.UtcDateTime), decided, Now));
        var work = Assert.Single(new TaskStore(_database).Lease(10, [], Now, Length));
        _instances.Raise("case-1", new("Wake", null), Now);
        lease = Assert.Single(_turns.Lease(10, [], Now, Length));
        var input = _turns.Load(lease, Now);
        _instances.Raise("case-1", new("Late", null), Now);

        var next = Nothing with { Next = new("7", null, [new("Kept", null)]) };
        Assert.True(_turns.Commit(lease, input, new(Now.UtcDateTime), next, Now));
        new TaskStore(_database).Complete(work, new TaskCompleted(1, "stale"), Now);
        _database.Write(transaction => transaction.Send("case-1", lease.ExecutionId, new TimerFired(0), Now));

        Assert.Empty(_turns.ReadHistory("case-1"));
        Assert.Null(_instances.NextDue(Now));
        var fresh = Assert.Single(_turns.Lease(10, [], Now, Length));
        Assert.NotEqual(lease.ExecutionId, fresh.ExecutionId);
        Assert.Equal(
            [
                new ExecutionStarted(fresh.ExecutionId, "Wait", "", "7", null),
                new EventRaised("Kept", null),
                new EventRaised("Late", null),
            ],
            _turns.Load(fresh, Now).Messages.Select(read => read.Message));
    }

    [Fact]
    public void Commit_ContinuesAsNewWithAnOldLease_IsRefusedAndKeepsTheHistory()
    {
        var first = Assert.Single(_turns.Lease(10, [], Now, Length));
        var input = _turns.Load(first, Now);
        Assert.Single(_turns.Lease(10, [], Now + Length, Length));

        Assert.False(_turns.Commit(first, input, new(Now.UtcDateTime), Nothing with { Next = new("7", null, []) }, Now));

        Assert.Null(_instances.Find("case-1")!.Input);
        Assert.Equal(input.Messages, _turns.Load(first, Now).Messages);
    }

    [Fact]
    public void Lease_ManyMessagesOfFewInstances_GivesEachInstanceOnceTheOldestFirst()
    {
        Assert.True(_instances.TryStart(new("case-0", "Wait", "", null, Now.AddSeconds(1), null), Now));
        for (var i = 0; i < 50; i++)
            _instances.Raise("case-1", new("Wake", null), Now);

        Assert.Equal(
            ["case-1", "case-0"],
            _turns.Lease(10, [], Now.AddSeconds(1), Length).Select(lease => lease.InstanceId));
    }

    [Fact]
    public void Complete_ActivityLeaseWentToAnother_IsRefused()
    {
        var tasks = new TaskStore(_database);
        var lease = Assert.Single(_turns.Lease(10, [], Now, Length));
        var scheduled = new TurnResult([new TaskScheduled(0, "Work", null)], [], null, null);
        Assert.True(_turns.Commit(lease, _turns.Load(lease, Now), new(Now.UtcDateTime), scheduled, Now));
        var first = Assert.Single(tasks.Lease(10, [], Now, Length));
        Assert.Empty(tasks.Lease(10, [first.Seq], Now.AddDays(120), Length));
        var second = Assert.Single(tasks.Lease(10, [], Now + Length, Length));

        Assert.False(tasks.Complete(first, new TaskCompleted(0, "1"), Now));
        Assert.True(tasks.Complete(second, new TaskCompleted(0, "2"), Now));

        var next = Assert.Single(_turns.Lease(10, [], Now, Length));
        Assert.Equal(new TaskCompleted(0, "2"), Assert.Single(_turns.Load(next, Now).Messages).Message);
    }

    [Fact]
    public void Open_ByAnotherWhileOpen_IsRefusedInOneSentence()
    {
        using var other = new Database(DatabasePath);

        var refusal = Assert.Throws<IOException>(() => other.Open(Now));

        Assert.Equal("The durable engine's database durable.db is in use by another process.", refusal.Message);
    }

    [Fact]
    public void Open_AfterACrash_FreesTheLeasesOfTheDead()
    {
        Assert.Single(_turns.Lease(10, [], Now, Length));
        _database.Dispose();

        using var reopened = new Database(DatabasePath);
        reopened.Open(Now);

        Assert.Single(new TurnStore(reopened).Lease(10, [], Now, Length));
    }

    [Fact]
    public void Open_WrittenByANewerProgram_IsRefused()
    {
        _database.Write(transaction => transaction.Execute("INSERT INTO SchemaVersions VALUES (99, '0099-later.sql', 0)"));
        _database.Dispose();

        using var older = new Database(DatabasePath);
        Assert.Contains("schema 99", Assert.Throws<InvalidOperationException>(() => older.Open(Now)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finished_Instance_TakesNoMessage()
    {
        var lease = Assert.Single(_turns.Lease(10, [], Now, Length));
        var done = new TurnResult([], [], null, new(OrchestrationRuntimeStatus.Completed, "1"));
        Assert.True(_turns.Commit(lease, _turns.Load(lease, Now), new(Now.UtcDateTime), done, Now));

        Assert.Equal(Delivery.Finished, _instances.Raise("case-1", new("Wake", null), Now));
        Assert.Equal(Delivery.NoSuchInstance, _instances.Raise("case-2", new("Wake", null), Now));
        Assert.False(_instances.IsBusy(Now.AddDays(1000)));
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Delete(recursive: true);
    }
}
