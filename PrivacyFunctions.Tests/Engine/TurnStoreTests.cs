using Google.Protobuf.WellKnownTypes;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>What the store promises whoever calls it.</summary>
public sealed class TurnStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = EngineRun.Start;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pf-store-");
    private readonly Database _database;
    private readonly InstanceStore _instances;
    private readonly TurnStore _turns;
    private readonly TaskStore _tasks;
    private readonly TimerStore _timers;

    public TurnStoreTests()
    {
        _database = new Database(DatabasePath);
        _database.Open(Now);
        _instances = new InstanceStore(_database);
        _turns = new TurnStore(_database, new(new(new() { DatabasePath = DatabasePath })));
        _tasks = new TaskStore(_database);
        _timers = new TimerStore(_database);
        Assert.True(_instances.TryStart(StartOf("case-1"), Now, Now));
    }

    private string DatabasePath => Path.Combine(_folder.FullName, "durable.db");

    [Fact]
    public void Commit_AnotherWasFirst_IsRefusedAndChangesNothing()
    {
        var (first, second) = (Load(), Load());
        Assert.True(Commit(first, Schedule(0)));

        Assert.False(Commit(second, Schedule(0)));

        Assert.Equal(4, _turns.ReadHistory("case-1").Count);
        Assert.Single(_tasks.All());
    }

    [Fact]
    public void Commit_HistoryAlreadyThere_IsRejectedByTheKeyAndStoresNothing()
    {
        var turn = Load();
        _database.Write(transaction => transaction.Execute(
            "INSERT INTO History (execution, turn, events) VALUES (@execution, 0, x'')", ("@execution", turn.Execution)));

        Assert.Throws<SqliteException>(() => Commit(turn, Schedule(0)));

        Assert.Empty(_tasks.All());
        Assert.Single(Load().Messages);
        Assert.Equal(OrchestrationStatus.Pending, _instances.Find("case-1")!.Status);
    }

    [Fact]
    public void Commit_OutboxFails_StoresNothingOfTheTurn()
    {
        var broken = new OrchestratorAction { Id = 1, SendEvent = new() { Name = "Wake" } }; // to whom?
        var turn = Load();

        Assert.ThrowsAny<Exception>(() => Commit(turn, Schedule(0), broken));

        Assert.Empty(_turns.ReadHistory("case-1"));
        Assert.Empty(_tasks.All());
        Assert.Equal(OrchestrationStatus.Pending, _instances.Find("case-1")!.Status);
        Assert.Single(Load().Messages);
    }

    [Fact]
    public void Commit_MessageCameMeanwhile_IsLeftForTheNextTurn()
    {
        var turn = Load();
        Raise("case-1", "Wake");

        Assert.True(Commit(turn));

        Assert.Equal("Wake", Assert.Single(Load().Messages).Event.EventRaised.Name);
    }

    [Fact]
    public void Commit_ContinuesAsNew_NothingOfTheOldExecutionReachesTheNew()
    {
        Assert.True(Commit(Load(), Timer(0, Now.AddDays(1)), Schedule(1)));
        var work = _tasks.Find(Assert.Single(_tasks.All()))!;
        Raise("case-1", "Wake");
        var turn = Load();
        Raise("case-1", "Late");

        Assert.True(Commit(turn, ContinueAsNew("7", "Kept")));
        Assert.True(_tasks.Complete(work, new ActivityOutcome.Completed("\"stale\""), Now));
        _database.Write(transaction =>
        {
            transaction.Reply(turn.Execution, Events.TimerFired(Timestamp.FromDateTimeOffset(Now), 0), Now);
            return 0;
        });

        Assert.Empty(_turns.ReadHistory("case-1"));
        Assert.Null(_timers.NextDue(Now));
        var fresh = Load();
        Assert.NotEqual((turn.Execution, turn.ExecutionId), (fresh.Execution, fresh.ExecutionId));
        Assert.Equal(0, fresh.Number);
        var start = fresh.Messages[0].Event.ExecutionStarted;
        Assert.Equal(
            ("Wait", "7", fresh.ExecutionId), (start.Name, start.Input, start.OrchestrationInstance.ExecutionId));
        Assert.Equal(["Kept", "Late"], fresh.Messages.Skip(1).Select(read => read.Event.EventRaised.Name));
    }

    [Fact]
    public void Commit_ContinuesAsNewWithATimer_LeavesNoneToTheNewExecution()
    {
        Assert.True(Commit(Load(), Timer(0, Now.AddDays(1)), ContinueAsNew("7")));

        Assert.Null(_timers.NextDue(Now));
    }

    [Fact]
    public void Commit_ContinuesAsNewTooLate_IsRefusedAndKeepsTheHistory()
    {
        var (first, second) = (Load(), Load());
        Assert.True(Commit(first));

        Assert.False(Commit(second, ContinueAsNew("7")));

        Assert.Null(_instances.Find("case-1")!.Input);
        Assert.Equal(3, _turns.ReadHistory("case-1").Count);
    }

    [Fact]
    public void Commit_InstanceWasTerminatedAndStartedOver_IsRefused()
    {
        var turn = Load();
        _instances.Terminate("case-1", "\"enough\"", recursive: false, Now);
        Assert.True(_instances.TryStart(StartOf("case-1"), Now, Now));

        Assert.False(Commit(turn, Schedule(0)));

        Assert.Empty(_tasks.All());
        Assert.Equal(OrchestrationStatus.Pending, _instances.Find("case-1")!.Status);
    }

    [Fact]
    public void Complete_ActivityDoneAlready_IsRefused()
    {
        Assert.True(Commit(Load(), Schedule(0)));
        var work = _tasks.Find(Assert.Single(_tasks.All()))!;

        Assert.True(_tasks.Complete(work, new ActivityOutcome.Completed("1"), Now));
        Assert.False(_tasks.Complete(work, new ActivityOutcome.Completed("2"), Now));

        Assert.Equal("1", Assert.Single(Load().Messages).Event.TaskCompleted.Result);
    }

    [Fact]
    public void Committed_WhatIsToBeDone_IsToldOnceAndOnlyWhenItIsStored()
    {
        var heard = new List<Transaction>();
        _database.Committed = heard.Add;
        var turn = Load();
        Assert.ThrowsAny<Exception>(() => Commit(turn, Schedule(0), new OrchestratorAction { Id = 1, SendEvent = new() }));
        Assert.Empty(heard);

        Commit(turn, Schedule(0), Timer(1, Now), Timer(2, Now.AddDays(1)));

        var told = Assert.Single(heard);
        Assert.Equal(_tasks.All(), told.NewTasks);
        Assert.Equal([turn.Execution], told.Woken);
        Assert.Equal(Now.AddDays(1).UtcTicks, told.EarliestLater);
    }

    [Fact]
    public void Open_ByAnotherWhileOpen_IsRefusedInOneSentence()
    {
        using var other = new Database(DatabasePath);

        var refusal = Assert.Throws<IOException>(() => other.Open(Now));

        Assert.Equal("The durable engine's database durable.db is in use by another process.", refusal.Message);
    }

    [Fact]
    public void Open_AfterACrash_FindsAllThatIsToBeDone()
    {
        Assert.True(_instances.TryStart(StartOf("case-2"), Now.AddDays(1), Now));
        Assert.True(Commit(Load(), Schedule(0)));
        Raise("case-1", "Wake");
        var execution = Load().Execution;
        _database.Dispose();

        using var reopened = new Database(DatabasePath);
        reopened.Open(Now);

        Assert.Equal([execution], new TimerStore(reopened).AllDue(Now));
        Assert.Single(new TaskStore(reopened).All());
        Assert.Equal(Now.AddDays(1), new TimerStore(reopened).NextDue(Now));
    }

    [Fact]
    public void Commit_AfterTheNextStart_NumbersItsTasksBehindThoseThatWait()
    {
        Assert.True(Commit(Load(), Schedule(0)));
        _database.Dispose();
        using var reopened = new Database(DatabasePath);
        reopened.Open(Now);
        var turns = new TurnStore(reopened, new(new(new() { DatabasePath = DatabasePath })));
        Assert.True(new InstanceStore(reopened).TryStart(StartOf("case-2"), Now, Now));
        var turn = turns.Load(Assert.Single(new TimerStore(reopened).AllDue(Now)), Now)!;

        Assert.True(turns.Commit(turn, Now, new() { Actions = { Schedule(0) } }, Now));

        Assert.Equal(2, new TaskStore(reopened).All().Count);
    }

    // What a kill must not lose is written by then, and a power cut costs commits but not the file: see Database.
    [Fact]
    public void Open_Writer_SynchronizesNormally() =>
        Assert.Equal(1, _database.Hold(connection => connection.Scalar<long>("PRAGMA synchronous")));

    [Fact]
    public void Open_WrittenByANewerProgram_IsRefused()
    {
        _database.Write(transaction => transaction.Execute("INSERT INTO SchemaVersions VALUES (99, '0099-later.sql', 0)"));
        _database.Dispose();

        using var older = new Database(DatabasePath);
        Assert.Contains("schema 99", Assert.Throws<StartUpProblem>(() => older.Open(Now)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_SentForNow_IsReadAlsoWhenTheClockHasBeenSetBack()
    {
        var earlier = Now.AddMinutes(-5);

        Assert.Single(_turns.Load(Assert.Single(_timers.AllDue(earlier)), earlier)!.Messages);
    }

    [Fact]
    public void Finished_Instance_TakesNoMessage()
    {
        var done = new OrchestratorAction
        {
            CompleteOrchestration = new() { OrchestrationStatus = OrchestrationStatus.Completed, Result = "1" },
        };
        Assert.True(Commit(Load(), done));

        Assert.Equal(OrchestrationStatus.Completed, Raise("case-1", "Wake"));
        Assert.Null(Raise("case-2", "Wake"));
        Assert.Empty(_timers.AllDue(Now.AddDays(1000)));
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Delete(recursive: true);
    }

    private static ExecutionStartedEvent StartOf(string id) =>
        new() { Name = "Wait", Version = "", OrchestrationInstance = new() { InstanceId = id } };

    private static OrchestratorAction Schedule(int id) => new() { Id = id, ScheduleTask = new() { Name = "Work", Input = "[null]" } };

    private static OrchestratorAction Timer(int id, DateTimeOffset fireAt) =>
        new() { Id = id, CreateTimer = new() { FireAt = Timestamp.FromDateTimeOffset(fireAt) } };

    private static OrchestratorAction ContinueAsNew(string input, params string[] kept)
    {
        var action = new OrchestratorAction
        {
            CompleteOrchestration = new() { OrchestrationStatus = OrchestrationStatus.ContinuedAsNew, Result = input },
        };
        action.CompleteOrchestration.CarryoverEvents.Add(
            kept.Select(name => Events.EventRaised(Timestamp.FromDateTimeOffset(Now), name, null)));
        return action;
    }

    private OrchestrationStatus? Raise(string id, string name) =>
        _instances.Raise(id, Events.EventRaised(Timestamp.FromDateTimeOffset(Now), name, null), Now);

    private Turn Load() => _turns.Load(Assert.Single(_timers.AllDue(Now)), Now)!;

    private bool Commit(Turn turn, params OrchestratorAction[] actions)
    {
        var response = new OrchestratorResponse();
        response.Actions.Add(actions);
        return _turns.Commit(turn, Now, response, Now);
    }
}
