using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.Drill;
using PrivacyFunctions.LocalHost.Runtime;
using PrivacyFunctions.LocalHost.Time;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>The durable engine as a service of the function app.</summary>
internal static class EngineSetup
{
    public static void AddEngine(this IServiceCollection services, string database, CrashDrill drill)
    {
        services.AddSingleton(provider => new DurableEngine(
            new DurableEngineOptions { DatabasePath = database },
            drill.Around(provider.GetRequiredService<IDurableFunctions>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddHostedService(provider => provider.GetRequiredService<DurableEngine>());
        services.AddSingleton<DurableTaskClient>(provider => drill.Around(provider.GetRequiredService<DurableEngine>().Client));
        services.AddSingleton<IClockFollower>(provider =>
        {
            var engine = provider.GetRequiredService<DurableEngine>();
            return new ClockFollower(engine.NextDue, engine.WhenIdleAsync);
        });
    }
}
