using System.Reflection;
using DurableTask.Core;

namespace PrivacyFunctions.Tests.Engine.Differential;

/// <summary>
/// An orchestration service that takes any amount of work at a time. The one in memory takes as much as there are processors,
/// and looks for a free place twice a second: a few orchestrations a second would be all.
/// </summary>
#pragma warning disable CA1852 // the proxy that the runtime makes derives from it
internal class Unthrottled : DispatchProxy
#pragma warning restore CA1852
{
    private const int Enough = 1000;

    private IOrchestrationService _inner = null!;

    public static IOrchestrationService Of(IOrchestrationService inner)
    {
        var service = Create<IOrchestrationService, Unthrottled>();
        ((Unthrottled)(object)service)._inner = inner;
        return service;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        $"get_{nameof(IOrchestrationService.MaxConcurrentTaskOrchestrationWorkItems)}" => Enough,
        $"get_{nameof(IOrchestrationService.MaxConcurrentTaskActivityWorkItems)}" => Enough,
        _ => targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null),
    };
}
