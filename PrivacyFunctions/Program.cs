using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using PrivacyFunctions;

// The entry point wherever a host starts the app as a process of its own: in Azure, under the Functions Core Tools, and by
// the local host's --worker. Otherwise that one composes it in its own process.
try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.AddPrivacyFunctions(builder.Configuration);
    await builder.Build().RunAsync();
    return 0;
}
catch (Exception refused) when (StartRefusal.SentenceOf(refused) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return 1;
}
