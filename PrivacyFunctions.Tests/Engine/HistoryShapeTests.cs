using Microsoft.DurableTask.Client;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Storage;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>The stored shape of every history event. A row here never changes: databases hold it.</summary>
public sealed class HistoryShapeTests
{
    private static readonly (HistoryEvent Event, string Json)[] Shapes =
    [
        (new OrchestratorStarted(new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc)), """{"$type":"OrchestratorStarted","At":"2026-03-02T09:00:00Z"}"""),
        (new ExecutionStarted("e", "N", "1", "7", new("P", "p", "x", 3)),
            """{"$type":"ExecutionStarted","ExecutionId":"e","Name":"N","Version":"1","Input":"7","Caller":{"Name":"P","InstanceId":"p","ExecutionId":"x","TaskId":3}}"""),
        (new ExecutionStarted("e", "N", "1", "7", null) { CustomStatus = "8" },
            """{"$type":"ExecutionStarted","ExecutionId":"e","Name":"N","Version":"1","Input":"7","Caller":null,"CustomStatus":"8"}"""),
        (new ExecutionTerminated("7", true), """{"$type":"ExecutionTerminated","Output":"7","Recursive":true}"""),
        (new ExecutionCompleted(OrchestrationRuntimeStatus.Failed, "why"), """{"$type":"ExecutionCompleted","Status":3,"Output":"why"}"""),
        (new EventRaised("N", null), """{"$type":"EventRaised","Name":"N","Payload":null}"""),
        (new TimerFired(4), """{"$type":"TimerFired","TimerId":4}"""),
        (new TaskCompleted(4, "7"), """{"$type":"TaskCompleted","TaskId":4,"Result":"7"}"""),
        (new TaskFailed(4, "why"), """{"$type":"TaskFailed","TaskId":4,"Message":"why"}"""),
        (new TaskScheduled(4, "N", "7"), """{"$type":"TaskScheduled","Name":"N","Input":"7","Id":4}"""),
        (new TimerCreated(4, new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc)), """{"$type":"TimerCreated","FireAt":"2026-03-02T09:00:00Z","Id":4}"""),
        (new SubOrchestrationCreated(4, "N", "c", "", null),
            """{"$type":"SubOrchestrationCreated","Name":"N","InstanceId":"c","Version":"","Input":null,"Id":4}"""),
        (new EventSent(4, "c", "N", "7"), """{"$type":"EventSent","InstanceId":"c","Name":"N","Payload":"7","Id":4}"""),
    ];

    [Fact]
    public void Event_Stored_KeepsItsShapeAndReadsBack() => Assert.All(Shapes, shape =>
    {
        Assert.Equal(shape.Json, HistoryJson.Write(shape.Event));
        Assert.Equal(shape.Event, HistoryJson.Read(shape.Json));
    });

    [Fact]
    public void Shapes_EveryKindOfEvent_IsListed() => Assert.Equal(
        typeof(HistoryEvent).GetNestedTypes(System.Reflection.BindingFlags.NonPublic)
            .Where(type => type.IsSealed)
            .Select(type => type.Name).Order(),
        Shapes.Select(shape => shape.Event.GetType().Name).Distinct().Order());
}
