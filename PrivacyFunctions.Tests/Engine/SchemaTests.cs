using Microsoft.Data.Sqlite;
using PrivacyFunctions.LocalHost.Storage;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>Databases that an earlier program wrote go on living.</summary>
public sealed class SchemaTests
{
    // As the first program left it: one instance that waits for an event or nine days, whichever is first.
    private const string WaitingInstance =
        """
        INSERT INTO Instances (id, executionId, name, version, status, created, updated, input)
        VALUES ('case-1', 'e1', 'Wait', '', 0, 639080388000000000, 639080388000000000, '"asked"');
        INSERT INTO History (id, executionId, seq, payload) VALUES
            ('case-1', 'e1', 0, '{"$type":"OrchestratorStarted","At":"2026-03-02T09:00:00Z"}'),
            ('case-1', 'e1', 1, '{"$type":"ExecutionStarted","ExecutionId":"e1","Name":"Wait","Version":"","Input":"\u0022asked\u0022","Caller":null}'),
            ('case-1', 'e1', 2, '{"$type":"TimerCreated","FireAt":"2026-03-11T09:00:00Z","Id":0}');
        INSERT INTO NewEvents (id, executionId, visibleAt, timerId, payload)
        VALUES ('case-1', 'e1', 639088164000000000, 0, '{"$type":"TimerFired","TimerId":0}');
        """;

    [Fact]
    public async Task Open_DatabaseOfSchema1WithAWaitingInstance_GoesOn()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wait", async context =>
            {
                using var stop = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(9), stop.Token);
                var answer = context.WaitForExternalEvent<string>("Answer");
                if (await Task.WhenAny(timer, answer) == timer)
                    return "late";
                stop.Cancel();
                return $"{context.GetInput<string>()}, {await answer}";
            }));
        await run.Engine.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(run.DatabasePath)!))
            File.Delete(file);
        await WriteSchema1Async(run.DatabasePath);

        await run.RestartAsync();

        Assert.Equal(EngineRun.Start.AddDays(9), run.Engine.NextDue());
        await run.Client.SuspendInstanceAsync("case-1", run.Patience);
        await run.Client.RaiseEventAsync("case-1", "Answer", "answered", run.Patience);
        await run.Client.ResumeInstanceAsync("case-1", run.Patience);
        Assert.Equal("asked, answered", (await run.LookAsync("case-1")).ReadOutputAs<string>());
    }

    private static async Task WriteSchema1Async(string path)
    {
        var assembly = typeof(Database).Assembly;
        var resource = assembly.GetManifestResourceNames()
            .Single(name => name.EndsWith("0001-initial.sql", StringComparison.Ordinal));
        using var schema = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            CREATE TABLE SchemaVersions (
                version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied INTEGER NOT NULL) STRICT;
            INSERT INTO SchemaVersions VALUES (1, '0001-initial.sql', 639080388000000000);
            {await schema.ReadToEndAsync()}
            {WaitingInstance}
            """;
        await command.ExecuteNonQueryAsync();
    }
}
