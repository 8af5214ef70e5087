using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.LocalHost.Runtime;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>Where a function's parameter takes its value from.</summary>
internal static class ArgumentBinding
{
    private static readonly Type[] RouteTypes = [typeof(string), typeof(Guid), typeof(int), typeof(long), typeof(bool)];

    /// <exception cref="FunctionStartupException">The parameter can be bound to nothing.</exception>
    public static Func<Invocation, object?> For(string function, ParameterInfo parameter, FunctionTrigger trigger)
    {
        var type = parameter.ParameterType;
        if (type == typeof(FunctionContext))
            return invocation => invocation;
        if (type == typeof(CancellationToken))
            return invocation => invocation.CancellationToken;
        if (parameter.IsDefined(typeof(DurableClientAttribute)))
        {
            return type == typeof(DurableTaskClient)
                ? invocation => invocation.InstanceServices.GetRequiredService<DurableTaskClient>()
                : throw Refuse($"must be a {nameof(DurableTaskClient)}");
        }

        if (parameter.IsDefined(typeof(HttpTriggerAttribute)))
        {
            return type == typeof(HttpRequest)
                ? invocation => ((HttpContext)invocation.Trigger).Request
                : throw Refuse($"must be a {nameof(HttpRequest)}");
        }

        if (parameter.IsDefined(typeof(TimerTriggerAttribute)))
            return type == typeof(TimerInfo) ? Trigger : throw Refuse($"must be a {nameof(TimerInfo)}");
        if (parameter.IsDefined(typeof(OrchestrationTriggerAttribute)))
        {
            return type == typeof(TaskOrchestrationContext)
                ? Trigger
                : throw Refuse($"must be a {nameof(TaskOrchestrationContext)}");
        }

        if (parameter.IsDefined(typeof(ActivityTriggerAttribute)))
            return invocation => ActivityInput((ActivityCall)invocation.Trigger, type);
        if (trigger is FunctionTrigger.Http http
            && RoutePatternFactory.Parse(http.Route).GetParameter(parameter.Name!) is { } routed)
        {
            return RouteValue(routed, parameter)
                ?? throw Refuse("can take a route value as string, Guid, int, long or bool only");
        }

        throw Refuse("can be bound to nothing: it has no attribute, is no route parameter, FunctionContext or CancellationToken");

        FunctionStartupException Refuse(string reason)
            => FunctionReader.Refuse(function, $"the parameter {parameter.Name} ({type.Name}) {reason}");
    }

    private static object Trigger(Invocation invocation) => invocation.Trigger;

    private static object? ActivityInput(ActivityCall call, Type type)
    {
        if (call.SerializedInput is { } json)
            return JsonSerializer.Deserialize(json, type, DurableJson.Options);
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    /// <summary>A value that does not convert throws, which answers 500 as on the host; a route constraint avoids it.</summary>
    private static Func<Invocation, object?>? RouteValue(RoutePatternParameterPart routed, ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (!RouteTypes.Contains(type))
            return null;
        var missing = parameter.HasDefaultValue ? parameter.DefaultValue
            : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
            : null;
        var converter = TypeDescriptor.GetConverter(type);
        return invocation => ((HttpContext)invocation.Trigger).Request.RouteValues[routed.Name] switch
        {
            null => missing,
            string text => converter.ConvertFromString(null, CultureInfo.InvariantCulture, text),
            var value => value,
        };
    }
}
