using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>Reads a method into a function, or says why the host cannot run it.</summary>
internal static partial class FunctionReader
{
    /// <exception cref="FunctionStartupException">What to correct.</exception>
    public static HostedFunction Read(string name, MethodInfo method)
    {
        if (!ValidName().IsMatch(name) || name.Equals("host", StringComparison.OrdinalIgnoreCase))
            throw Refuse(name, "the name must begin with a letter, have letters, digits, - and _ only, and not be \"host\"");
        if (!method.IsPublic)
            throw Refuse(name, $"the method {method.Name} must be public");
        if (method.ContainsGenericParameters)
            throw Refuse(name, "a generic method cannot be a function");

        var trigger = ReadTrigger(name, method);
        var arguments = Array.ConvertAll(method.GetParameters(), parameter => ArgumentBinding.For(name, parameter, trigger));
        var result = FunctionResult.Of(method.ReturnType);
        CheckResult(name, method, trigger, result);

        var owner = method.DeclaringType!;
        var create = method.IsStatic ? null : ActivatorUtilities.CreateFactory(owner, []);
        var invoker = MethodInvoker.Create(method);
        return new(
            trigger,
            new HostedFunctionDefinition(name, $"{owner.FullName}.{method.Name}", owner.Assembly.Location),
            invocation => result.AwaitAsync(invoker.Invoke(
                create?.Invoke(invocation.InstanceServices, null),
                Array.ConvertAll(arguments, bind => bind(invocation)).AsSpan())));
    }

    /// <summary>An error about one function, as a sentence.</summary>
    public static FunctionStartupException Refuse(string function, string reason) => new($"Function {function}: {reason}.");

    private static FunctionTrigger ReadTrigger(string name, MethodInfo method)
    {
        var triggers = method.GetParameters()
            .SelectMany(parameter => parameter.GetCustomAttributes<TriggerBindingAttribute>())
            .ToList();
        if (triggers.Count != 1)
            throw Refuse(name, $"a function has one parameter with a trigger, this one has {triggers.Count}");
        return triggers[0] switch
        {
            HttpTriggerAttribute http => new FunctionTrigger.Http(
                CheckedRoute(name, http.Route ?? name),
                [.. (http.Methods ?? []).Select(verb => verb.ToUpperInvariant())],
                CheckedLevel(name, http)),
            TimerTriggerAttribute timer => new FunctionTrigger.Timer(timer.Schedule, timer.RunOnStartup, timer.UseMonitor),
            OrchestrationTriggerAttribute orchestration => new FunctionTrigger.Orchestration(orchestration.Orchestration ?? name),
            ActivityTriggerAttribute activity => new FunctionTrigger.Activity(activity.Activity ?? name),
            var other => throw Refuse(name, $"the local host knows no {other.GetType().Name}"),
        };
    }

    private static string CheckedRoute(string name, string route)
    {
        if (route.StartsWith('/'))
            throw Refuse(name, $"the route \"{route}\" begins with a slash, which breaks every request on the Functions host");
        try
        {
            RoutePatternFactory.Parse(route);
            return route;
        }
        catch (RoutePatternException malformed)
        {
            throw Refuse(name, $"the route \"{route}\" cannot be read: {malformed.Message.TrimEnd('.')}");
        }
    }

    private static AuthorizationLevel CheckedLevel(string name, HttpTriggerAttribute http)
        => http.AuthLevel is AuthorizationLevel.Anonymous or AuthorizationLevel.Function or AuthorizationLevel.Admin
            ? http.AuthLevel
            : throw Refuse(
                name, $"the authorization level {http.AuthLevel} is not for functions, only Anonymous, Function and Admin");

    private static void CheckResult(string name, MethodInfo method, FunctionTrigger trigger, FunctionResult result)
    {
        if (result.Type is null && method.IsDefined(typeof(AsyncStateMachineAttribute)) && method.ReturnType == typeof(void))
            throw Refuse(name, "async void cannot be awaited; return Task");
        if (trigger is FunctionTrigger.Http
            && !typeof(IResult).IsAssignableFrom(result.Type) && !typeof(IActionResult).IsAssignableFrom(result.Type))
            throw Refuse(name, "an HTTP function returns IResult or IActionResult, or a Task of one");
        if (trigger is FunctionTrigger.Timer && result.Type is not null)
            throw Refuse(name, "a timer function returns nothing, or Task");
    }

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9_-]{0,127}$")]
    private static partial Regex ValidName();
}
