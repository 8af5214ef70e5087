using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using PrivacyFunctions;

// The entry point wherever a host starts the app as a process of its own: in Azure, under the Functions Core Tools, and by
// the local host's --worker. Otherwise that one composes it in its own process.
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.AddPrivacyFunctions(builder.Configuration);
builder.Build().Run();
