using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PrivacyFunctions.LocalHost.Worker.Protocol;

namespace PrivacyFunctions.LocalHost.Worker;

/// <summary>Makes the requests that invoke functions, the way the Functions host makes them.</summary>
/// <param name="durableAddress">Where durable clients find the engine.</param>
internal sealed class Invocations(string durableAddress)
{
    private readonly string _client = JsonSerializer.Serialize(new
    {
        rpcBaseUrl = durableAddress,
        taskHubName = "",
        connectionName = "",
        requiredQueryStringParameters = "",
        httpBaseUrl = "",
        maxGrpcMessageSizeInBytes = int.MaxValue,
        grpcHttpClientTimeout = "\"00:01:40\"",
    });

    /// <summary>For a request: its route values are what a function's other parameters take. The request itself goes to the
    /// worker's own address.</summary>
    public InvocationRequest Http(WorkerFunction function, HttpRequest request)
    {
        var invocation = Of(function, new());
        foreach (var (name, value) in request.RouteValues)
            if (value is not null) invocation.TriggerMetadata[name] = new() { String = Convert.ToString(value, null) };
        return invocation;
    }

    /// <summary>For an occurrence of a timer.</summary>
    /// <param name="info">As the trigger's data: the schedule, where it stands, and whether it is past due.</param>
    public InvocationRequest Timer(WorkerFunction function, TimerData info) =>
        Of(function, new() { Json = JsonSerializer.Serialize(info) });

    /// <summary>For an activity: its input in JSON, as a string.</summary>
    public InvocationRequest Activity(WorkerFunction function, string instanceId, string? input)
    {
        var invocation = Of(function, input is null ? new() : new() { String = input });
        invocation.TriggerMetadata["instanceId"] = new() { String = instanceId };
        return invocation;
    }

    /// <summary>For a turn of an orchestration: the encoded request of the Durable Task protocol.</summary>
    public InvocationRequest Turn(WorkerFunction function, string instanceId, string encoded)
    {
        var invocation = Of(function, new() { String = encoded });
        invocation.TriggerMetadata["instanceId"] = new() { String = instanceId };
        return invocation;
    }

    private InvocationRequest Of(WorkerFunction function, TypedData trigger)
    {
        var invocation = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = function.Id,
            TraceContext = new(), // the worker takes it for granted; there is no trace here
            InputData = { new ParameterBinding { Name = function.TriggerName, Data = trigger } },
        };
        if (function.ClientName is { } client)
            invocation.InputData.Add(new ParameterBinding { Name = client, Data = new() { String = _client } });
        return invocation;
    }
}

/// <summary>What a timer function is told.</summary>
internal sealed record TimerData(TimerAdjustment Schedule, TimerPosition? ScheduleStatus, bool IsPastDue);

/// <summary>How the schedule treats daylight saving time.</summary>
internal sealed record TimerAdjustment(bool AdjustForDST);

/// <summary>Where the schedule stands; UTC.</summary>
internal sealed record TimerPosition(DateTime Last, DateTime Next, DateTime LastUpdated);
