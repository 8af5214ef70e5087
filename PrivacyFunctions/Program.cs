using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using PrivacyFunctions;

// The entry point in Azure and under the Functions Core Tools; the local host has its own.
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.AddPrivacyFunctions(builder.Configuration);
builder.Build().Run();
