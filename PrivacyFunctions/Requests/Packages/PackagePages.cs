using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>Writes the pages that lie in packages.</summary>
internal sealed class PackagePages(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    private const string Model = "Model";

    /// <summary>Writes a page.</summary>
    /// <typeparam name="TPage">A component with the parameter <c>Model</c>.</typeparam>
    public async Task WriteAsync<TPage>(Stream target, object model)
        where TPage : IComponent
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        await using var text = new StreamWriter(target, leaveOpen: true);
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<TPage>(
                ParameterView.FromDictionary(new Dictionary<string, object?> { [Model] = model }));
            page.WriteHtmlTo(text);
        });
    }
}
