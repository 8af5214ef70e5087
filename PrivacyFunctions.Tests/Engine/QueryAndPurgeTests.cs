using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Tests.Engine;

public sealed class QueryAndPurgeTests
{
    private static TestFunctions Functions() => new TestFunctions()
        .Orchestrator("Done", context => Task.FromResult(context.GetInput<int>()))
        .Orchestrator("Wait", context => context.WaitForExternalEvent<string>("Wake"))
        .Orchestrator("Parent", async context =>
        {
            await context.CallSubOrchestratorAsync("Child", options: new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:a"));
            return context.GetInput<bool>() ? await context.WaitForExternalEvent<string>("Wake") : "";
        })
        .Orchestrator("Child", context => context.CallActivityAsync<int>("Nothing"))
        .Activity<object?, int>("Nothing", _ => 0);

    [Fact]
    public async Task Query_SmallPages_ListsEachInstanceOnceThoughRowsComeAndGo()
    {
        await using var run = await EngineRun.StartAsync(Functions());
        for (var i = 0; i < 10; i++)
            await run.ScheduleAsync("Done", i, $"case-{i}");
        await run.SettleAsync();

        var seen = new List<string>();
        await foreach (var page in run.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 3)).AsPages())
        {
            seen.AddRange(page.Values.Select(found => found.InstanceId));
            if (seen.Count == 3)
            {
                await run.Client.PurgeInstanceAsync("case-0", run.Patience);
                await run.ScheduleAsync("Done", 0, "case-00");
            }
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"case-{i}"), seen);
    }

    [Fact]
    public async Task Query_ContinuationToken_GoesOnAfterItsPageWhereverItCameFrom()
    {
        await using var run = await EngineRun.StartAsync(Functions());
        for (var i = 0; i < 6; i++)
            await run.ScheduleAsync("Done", i, $"case-{i}");
        await run.SettleAsync();

        async Task<Page<OrchestrationMetadata>> FirstAsync(OrchestrationQuery query, string? token, int? size)
        {
            await foreach (var page in run.Client.GetAllInstancesAsync(query).AsPages(token, size))
                return page;
            throw new InvalidOperationException("There is always a page, if an empty one.");
        }

        static string Ids(Page<OrchestrationMetadata> page) => string.Join(',', page.Values.Select(found => found.InstanceId));

        var first = await FirstAsync(new(PageSize: 100), null, 2);
        await run.Client.PurgeInstanceAsync("case-1", run.Patience); // the very row that the token names
        var second = await FirstAsync(new(PageSize: 100), first.ContinuationToken, 3);
        var third = await FirstAsync(new(PageSize: 3, ContinuationToken: second.ContinuationToken), null, null);
        var whole = await FirstAsync(new(PageSize: 5), null, null);
        var beyond = await FirstAsync(new(PageSize: 5), whole.ContinuationToken, null);

        Assert.Equal(("case-0,case-1", "case-2,case-3,case-4", "case-5"), (Ids(first), Ids(second), Ids(third)));
        Assert.Null(third.ContinuationToken);
        Assert.Equal((5, "", null), (whole.Values.Count, Ids(beyond), beyond.ContinuationToken));
    }

    [Fact]
    public async Task Query_Filtered_ListsWhatTheFilterTakes()
    {
        await using var run = await EngineRun.StartAsync(Functions());
        await run.ScheduleAsync("Done", 1, "access-1");
        await run.AdvanceAsync(TimeSpan.FromDays(1));
        await run.ScheduleAsync("Done", 2, "access-2");
        await run.ScheduleAsync("Wait", 3, "access-3");
        await run.ScheduleAsync("Done", 4, "erase_1");
        await run.SettleAsync();

        async Task<string> Ids(OrchestrationQuery query)
        {
            var ids = new List<string>();
            await foreach (var found in run.Client.GetAllInstancesAsync(query))
                ids.Add(found.InstanceId);
            return string.Join(',', ids);
        }

        Assert.Equal("access-1,access-2,access-3", await Ids(new(InstanceIdPrefix: "access-")));
        Assert.Equal("access-3", await Ids(new(Statuses: [OrchestrationRuntimeStatus.Running])));
        Assert.Equal("access-1", await Ids(new(CreatedTo: EngineRun.Start.AddHours(1))));
        Assert.Equal("access-2,erase_1", await Ids(new(EngineRun.Start.AddHours(1), Statuses: [OrchestrationRuntimeStatus.Completed])));
    }

    [Fact]
    public async Task Get_WithoutPayloads_RefusesToReadThem()
    {
        await using var run = await EngineRun.StartAsync(Functions());
        var id = await run.ScheduleAsync("Done", 1);
        await run.SettleAsync();

        var found = await run.Client.GetInstanceAsync(id, run.Patience);

        Assert.Null(found!.SerializedInput);
        Assert.Throws<InvalidOperationException>(() => found.ReadOutputAs<int>());
        Assert.Null(await run.Client.GetInstanceAsync("nobody", run.Patience));
    }

    [Fact]
    public async Task Purge_FinishedUnknownRunning_CountsZeroOrRefuses()
    {
        await using var run = await EngineRun.StartAsync(Functions());
        await run.ScheduleAsync("Done", 1, "done");
        await run.ScheduleAsync("Wait", 1, "waiting");
        await run.SettleAsync();

        Assert.Equal(1, (await run.Client.PurgeInstanceAsync("done", run.Patience)).PurgedInstanceCount);
        Assert.Null(await run.Client.GetInstanceAsync("done", run.Patience));
        Assert.Equal(0, (await run.Client.PurgeInstanceAsync("done", run.Patience)).PurgedInstanceCount);
        await Assert.ThrowsAsync<InvalidOperationException>(() => run.Client.PurgeInstanceAsync("waiting", run.Patience));
    }

    [Fact]
    public async Task Purge_Recursive_LeavesNoRowOfTheFamilyInAnyTable()
    {
        await using var run = await EngineRun.StartAsync(Functions());
        await run.ScheduleAsync("Parent", false, "family");
        await run.ScheduleAsync("Done", 1, "other");
        await run.SettleAsync();

        var result = await run.Client.PurgeInstanceAsync("family", new PurgeInstanceOptions(Recursive: true), run.Patience);

        Assert.Equal(2, result.PurgedInstanceCount);
        using var connection = new SqliteConnection($"Data Source={run.DatabasePath};Pooling=False");
        connection.Open();
        foreach (var table in (string[])["Instances", "History", "NewEvents", "NewTasks"])
        {
            using var command = connection.CreateCommand();
            command.CommandText =
                $"SELECT count(*) FROM {table} WHERE execution NOT IN (SELECT execution FROM Instances WHERE id = 'other')";
            Assert.Equal(0L, command.ExecuteScalar());
        }

        Assert.NotNull(await run.Client.GetInstanceAsync("other", run.Patience));
    }

    [Fact]
    public async Task Purge_RecursiveWithAChildStillRunning_RefusesAndDeletesNothing()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>(
                "Wait", options: new SubOrchestrationOptions(instanceId: "family:a")))
            .Orchestrator("Wait", context => context.WaitForExternalEvent<string>("Wake")));
        await run.ScheduleAsync("Parent", id: "family");
        await run.SettleAsync();
        await run.Client.TerminateInstanceAsync("family", run.Patience);
        await run.SettleAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => run.Client.PurgeInstanceAsync("family", new PurgeInstanceOptions(Recursive: true), run.Patience));

        Assert.NotNull(await run.Client.GetInstanceAsync("family", run.Patience));
    }

    [Fact]
    public async Task PurgeAll_ByCreationTime_TakesFinishedOnesOnly()
    {
        await using var run = await EngineRun.StartAsync(Functions());
        await run.ScheduleAsync("Done", 1, "old");
        await run.ScheduleAsync("Wait", 1, "old-waiting");
        await run.AdvanceAsync(TimeSpan.FromDays(1));
        await run.ScheduleAsync("Done", 1, "new");
        await run.SettleAsync();

        var result = await run.Client.PurgeAllInstancesAsync(new(CreatedTo: EngineRun.Start.AddHours(1)), run.Patience);

        Assert.Equal((1, true), (result.PurgedInstanceCount, result.IsComplete));
        Assert.Null(await run.Client.GetInstanceAsync("old", run.Patience));
        Assert.NotNull(await run.Client.GetInstanceAsync("old-waiting", run.Patience));
        Assert.NotNull(await run.Client.GetInstanceAsync("new", run.Patience));
    }
}
