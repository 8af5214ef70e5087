using Grpc.Core;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>What the engine refuses, as the durable client throws it.</summary>
internal static class Refusals
{
    public static async Task<RpcException> AssertAsync(StatusCode expected, Func<Task> act)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(act);
        Assert.Equal(expected, refusal.StatusCode);
        return refusal;
    }
}
